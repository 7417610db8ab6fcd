package karuta.token.jca;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import karuta.token.testing.SoftHsm;
import org.junit.jupiter.api.Test;

class SunPkcs11AccessTest {
  /// The JDK keeps one wrapper for each path as spelled, and never initialises it again.
  @Test
  void everyInstanceSpellsTheSameFileAnew() throws Exception {
    var library = SoftHsm.library();
    var spellings = new HashSet<String>();
    for (var number = 1; number <= 5000; number++) {
      var spelled = SunPkcs11Access.spelled(library, number);
      assertThat(spellings.add(spelled)).as(spelled).isTrue();
      assertThat(spelled).hasSizeLessThan(library.toString().length() + 32);
    }
    for (var spelled : spellings.stream().limit(50).toList()) {
      assertThat(Files.isSameFile(Path.of(spelled), library)).isTrue();
    }
  }
}
