package karuta.provisioning.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import karuta.card.Cell;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private final short[] ids = new short[50];

  LayoutTest() {
    for (var i = 0; i < 50; i++) {
      ids[i] = (short) (511 - i);
    }
  }

  @Test
  void aPictureIsReadByItsCell() {
    try (var layout = Layout.of(ids)) {
      assertThat(layout.at(new Cell(7)).value()).isEqualTo(504);
      assertThat(layout.at(List.of(new Cell(49), new Cell(0))))
          .extracting("value")
          .containsExactly(462, 511);
    }
  }

  @Test
  void aWipedLayoutSaysNothing() {
    var layout = Layout.of(ids);
    var view = layout.at(List.of(new Cell(3)));
    layout.close();
    assertThatThrownBy(() -> layout.at(new Cell(3))).hasMessage("the layout is wiped");
    assertThatThrownBy(() -> view.get(0)).hasMessage("the layout is wiped");
    assertThat(layout).extracting("ids").isEqualTo(new short[50]);
  }

  @Test
  void nothingOfItIsInItsText() {
    try (var layout = Layout.of(ids)) {
      assertThat(Layout.class.getDeclaredMethods())
          .extracting("name")
          .doesNotContain("toString", "equals", "hashCode");
      assertThat(layout.at(List.of(new Cell(3))).toString()).isEqualTo("[withheld]");
    }
  }

  @Test
  void fiftyDifferentPicturesOrNone() {
    ids[49] = 511;
    assertThatThrownBy(() -> Layout.of(ids)).hasMessage("a layout has 50 different pictures");
    ids[49] = 512;
    assertThatThrownBy(() -> Layout.of(ids)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Layout.of(new short[0])).isInstanceOf(IllegalArgumentException.class);
  }
}
