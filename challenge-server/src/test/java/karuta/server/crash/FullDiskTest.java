package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import karuta.server.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that reads and cannot write: it says so, and it is no oracle.
class FullDiskTest {
  @TempDir private Path directory;

  @Test
  void onAFullDiskOneAnswerReachesTheTokenAndTheCheckSaysSo() throws Exception {
    var file = directory.resolve("karuta.db").toString();
    try (var process = ChildJvm.start(directory, Map.of(), FullDiskProcess.class, file)) {
      for (var i = 0; i < FullDiskProcess.CUSTOMERS; i++) {
        assertThat(process.line()).isEqualTo("unavailable");
      }
      // the first change may find the disk full before the token is asked, or after
      assertThat(process.line()).isIn("asked 0", "asked 1");
      assertThat(process.line()).isEqualTo("check unavailable");
      assertThat(process.line()).isEqualTo("check ok");
      for (var i = 0; i < FullDiskProcess.CUSTOMERS; i++) {
        assertThat(process.line()).isEqualTo("Wrong");
      }
      assertThat(process.ended()).as(process::said).isZero();
    }
  }
}
