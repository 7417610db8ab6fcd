package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How a question looks to eyes and hands: large pictures, a button that stays, cells by the names the reader knows.
class QuestionTest extends FakeSuite {
  private static final double SMALLEST_PICTURE = 34;

  private static void textAt(Visitor v, int percent) {
    v.page.evaluate("p => document.documentElement.style.fontSize = p + '%'", percent);
  }

  private static List<Double> box(Locator locator) {
    var box = locator.boundingBox();
    return List.of(box.x, box.y, box.width, box.height);
  }

  private static double number(Visitor v, String script) {
    return ((Number) v.page.evaluate(script)).doubleValue();
  }

  private static double picture(Visitor v) {
    return number(
        v,
        "Math.min(...[...document.querySelectorAll('.palette svg')].filter(e => e.checkVisibility())"
            + ".map(e => e.getBoundingClientRect().width))");
  }

  private static double columns(Visitor v) {
    return number(
        v,
        "getComputedStyle(document.querySelector('.palette')).gridTemplateColumns.split(' ').length");
  }

  private static double label(Visitor v) {
    return number(v, "parseFloat(getComputedStyle(document.querySelector('.mini th')).fontSize)");
  }

  @ParameterizedTest
  @CsvSource({"ja,100", "en,100", "ja,200", "en,200"})
  void theButtonThatGoesOnStaysWhereItIs(String language, int percent) {
    var v = visitor(Device.PHONE, language).withCard("1001").transfer().question();
    textAt(v, percent);
    var next = box(v.page.locator("[data-next]"));
    v.pick(true);
    assertThat(box(v.page.locator("[data-send]"))).isEqualTo(next);
    assertThat(v.page.locator(".go .button:visible").count()).isOne();
    assertThat(next.get(1) + next.get(3)).isLessThanOrEqualTo(Device.PHONE.height);
  }

  @ParameterizedTest
  @EnumSource(Device.class)
  void picturesAreLargeAndGrowWithTheText(Device device) {
    var v = visitor(device, "ja").withCard("1001").transfer().question();
    var picture = picture(v);
    var label = label(v);
    assertThat(picture).isGreaterThanOrEqualTo(SMALLEST_PICTURE);
    assertThat(columns(v)).isEqualTo(8);
    textAt(v, 200);
    assertThat(picture(v)).isGreaterThan(picture * 1.3);
    assertThat(label(v)).isEqualTo(2 * label);
    if (device == Device.PHONE) {
      assertThat(columns(v)).isEqualTo(6);
    }
  }

  @Test
  void arrowKeysFollowTheGridAsItStands() {
    var v = visitor(Device.PHONE, "ja").withCard("1001").transfer().question();
    textAt(v, 200);
    var inputs = v.page.locator("[data-cell]").first().locator("input");
    inputs.first().focus();
    v.page.keyboard().press("ArrowDown");
    v.page.keyboard().press("End");
    v.page.keyboard().press(" ");
    assertThat(inputs.nth(11).isChecked()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"DESKTOP", "PHONE"})
  void theWordsAboutAnEmptyCellGoWhenItIsFilled(Device device) {
    var v = visitor(device, "ja").withCard("1001").transfer().question();
    v.page.locator(".go .button:visible").click();
    v.sees("question.missing");
    v.page.locator(".palette label:visible").first().click();
    assertThat(v.page.getByText(v.say("question.missing")).isVisible()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ja,[ア-オ]行(10|[1-9])列,アイウエオ", "en,[A-E]-(10|[1-9]),ABCDE"})
  void cellsAreCalledAsTheReaderKnowsThem(String language, String name, String rows) {
    var v = visitor(Device.DESKTOP, language).withCard("1001").transfer().question();
    assertThat(v.page.locator("[data-cell] h2 b").allTextContents())
        .hasSize(2)
        .allMatch(heading -> heading.matches(name));
    var map = v.page.locator(".mini").first();
    assertThat(String.join("", map.locator("tr > th:first-child").allTextContents()))
        .isEqualTo(rows);
    var asked = v.cells().getFirst();
    var row = "アイウエオ".indexOf(asked.charAt(0));
    var column = Integer.parseInt(asked.substring(2));
    assertThat(map.locator("tr").nth(row + 1).locator("td").nth(column - 1).textContent())
        .isEqualTo("●");
    assertThat(map.getByText("●").count()).isOne();
  }
}
