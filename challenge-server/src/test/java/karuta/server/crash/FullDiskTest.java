package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store and a journal that read and cannot write: they say so, and are no oracle.
class FullDiskTest {
  @TempDir private Path directory;

  @Test
  void onAFullDiskRightAndWrongAreToldAlikeAndTheCheckSaysSo() throws Exception {
    var file = directory.resolve("karuta.db").toString();
    try (var process = ChildJvm.start(directory, Map.of(), FullDiskProcess.class, file)) {
      for (var i = 0; i < FullDiskProcess.CUSTOMERS; i++) {
        assertThat(process.line()).isEqualTo("unavailable");
      }
      assertThat(process.line()).isEqualTo("check unavailable");
      assertThat(process.line()).isEqualTo("check ok");
      for (var i = 0; i < FullDiskProcess.CUSTOMERS; i++) {
        var right = FullDiskProcess.RIGHT.contains("customer-" + i);
        assertThat(process.line()).isEqualTo(right ? "Passed" : "Wrong");
      }
      assertThat(process.ended()).as(process::said).isZero();
    }
  }
}
