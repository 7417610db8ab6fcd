package karuta.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of several rounds the middle one counts, and a later run is held against an earlier one by name.
class ReportTest {
  private static final Machine MACHINE = new Machine("a processor", 2, 8, "25");

  @TempDir private Path dir;

  @Test
  void theMiddleRoundCountsWhateverTheirOrder() {
    assertThat(new Figure("f", "1/s", List.of(30.0, 10.0, 20.0)).median()).isEqualTo(20.0);
    assertThat(new Figure("f", "1/s", List.of(30.0, 10.0, 20.0, 40.0)).median()).isEqualTo(20.0);
    assertThat(new Figure("f", "1/s", List.of(30.0, 10.0, 20.0)).spread())
        .isCloseTo(1.0, within(1e-9));
  }

  @Test
  void aQuantityThatWasNotMeasuredIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Figure("f", "1/s", List.of()));
    assertThat(new Report(MACHINE).figure("f")).isEmpty();
  }

  @Test
  void aLaterRunIsHeldAgainstAnEarlierOne() throws IOException {
    var earlier = new Report(MACHINE);
    earlier.add("rate", "1/s", 100);
    earlier.add("gone", "1/s", 1);
    var file = dir.resolve("earlier.json");
    earlier.write(file);
    var later = new Report(MACHINE);
    later.add("rate", "1/s", 150);
    later.add("new", "ms", 3);
    var out = new StringWriter();
    later.compare(file, new PrintWriter(out));
    assertThat(out.toString())
        .containsPattern("rate +150 +1/s +x 1\\.50")
        .doesNotContain("gone", "new");
  }

  @Test
  void aFileThatIsNoReportIsRefusedByItsName() throws IOException {
    var file = Files.writeString(dir.resolve("other.json"), "{\"figures\": 3}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Report(MACHINE).compare(file, new PrintWriter(new StringWriter())))
        .withMessageContaining("other.json")
        .withMessageContaining("no report");
  }

  @Test
  void theTableNamesTheMachineAndEveryQuantityWithItsSpread() {
    var report = new Report(MACHINE);
    report.add("rate", "1/s", 1_000);
    report.add("rate", "1/s", 1_200);
    report.add("rate", "1/s", 1_100);
    var out = new StringWriter();
    report.print(new PrintWriter(out));
    assertThat(out.toString())
        .startsWith("a processor, 2 processors, 8 GiB, Java 25")
        .containsPattern("rate +1,100 +1/s +\\+/- +9 %");
  }
}
