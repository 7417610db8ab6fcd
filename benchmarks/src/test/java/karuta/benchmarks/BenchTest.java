package karuta.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole run, as small as it can be. How fast anything was is not looked at.
class BenchTest {
  @TempDir private Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void everythingIsMeasuredAndHeldAgainstAnEarlierRun() throws IOException {
    var file = dir.resolve("first.json");
    assertThat(run(small("--out", file.toString()))).as("%s", err).isZero();
    var figures = new JsonObject(Files.readString(file)).getJsonArray("figures");
    assertThat(names(figures))
        .contains(
            "SQLite / import, cards",
            "SQLite / gRPC / rate",
            "SQLite / gRPC / processor, server",
            "SQLite / gRPC / processor, guard",
            "SQLite / gRPC / bare server, pairs",
            "SQLite / least statements, 1 threads",
            "token / verify and sign, 2 threads",
            "SQLite / gRPC / rate / floor",
            "SQLite / gRPC / half the rate, answer, p99",
            "SQLite / gRPC / twice the rate, answer, p99",
            "SQLite / start / server is ready",
            "start / karuta --help");
    assertThat(figures.stream().map(figure -> ((JsonObject) figure).getDouble("median")))
        .allMatch(median -> median > 0);
  }

  private static String[] small(String... more) {
    var words =
        new ArrayList<>(
            List.of("--store", "sqlite", "--protocol", "grpc", "--cards", "64", "--callers", "4"));
    words.addAll(List.of("--rounds", "1", "--seconds", "1"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static List<String> names(JsonArray figures) {
    return figures.stream().map(figure -> ((JsonObject) figure).getString("name")).toList();
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingIsMeasured() throws IOException {
    var there = Files.createFile(dir.resolve("there.json"));
    assertThat(run("--out", there.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there.json is there already");
    assertThat(run("--compare", there.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there.json is no report of ./karuta bench");
    assertThat(run("--cards", "3", "--callers", "4")).isEqualTo(2);
    assertThat(run("--store", "oracle")).isEqualTo(2);
  }
}
