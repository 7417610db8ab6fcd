package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import karuta.database.testing.TestDatabase;
import karuta.guard.journal.Caps;
import karuta.guard.testing.TestGuards;
import karuta.server.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose machine's clock is not the database's says so, and further off it is not ready.
class WrongClockServingTest {
  @TempDir private Path directory;
  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());

  @AfterEach
  void close() {
    guards.close();
  }

  @Test
  void threeSecondsOffAreToldAndThreeMinutesAreTooMuch() throws Exception {
    var pki = TestServing.pki(directory);
    var settings = TestDatabase.POSTGRESQL.fresh(Store.TABLES);
    try (var serving = start(pki, settings, Duration.ofSeconds(-3));
        var client = HttpClient.newHttpClient()) {
      assertThat(get(client, serving, "/health/ready")).contains("\"clock\":\"up\"", "\"ready\"");
      assertThat(get(client, serving, "/metrics"))
          .containsPattern("karuta_events_total\\{event=\"clock-differs\"} [1-9]")
          .containsPattern("karuta_clock_ahead_seconds -[23]\\.");
    }
    try (var serving = start(pki, settings, Duration.ofMinutes(3));
        var client = HttpClient.newHttpClient()) {
      assertThat(get(client, serving, "/health/ready"))
          .contains("\"clock\":\"down\"", "\"store\":\"up\"", "not ready");
      assertThat(get(client, serving, "/metrics"))
          .contains("karuta_up{part=\"clock\"} 0.0")
          .containsPattern("karuta_clock_ahead_seconds 1[78][0-9]");
    }
  }

  private Serving start(
      karuta.server.api.TestPki pki, karuta.database.DatabaseSettings settings, Duration ahead)
      throws Exception {
    return TestServing.startOnMachine(
        pki, settings, guards.open("guard-1"), () -> InstantSource.system().instant().plus(ahead));
  }

  private static String get(HttpClient client, Serving serving, String path) throws Exception {
    var address = URI.create("http://127.0.0.1:" + serving.managementPort() + path);
    return client
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
