package karuta.demobank.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import karuta.server.Main;
import org.jspecify.annotations.Nullable;

/// `karuta serve` in a process of its own, on the verifier token, with TLS and client certificates. It can be stopped and
/// started again on the same store and the same ports.
final class ChallengeServer implements AutoCloseable {
  private static final Pattern SERVING =
      Pattern.compile("https://\\S+:([0-9]+), management (http://\\S+:([0-9]+))");
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Path home;
  private final Path log;
  private final String store;
  private final Path settings;
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;
  private int managementPort;
  private @Nullable Program program;

  /// @param store the lines of the configuration's table `[store]`
  ChallengeServer(Path home, Path log, String store) {
    this.home = home;
    this.log = log;
    this.store = store;
    this.settings = home.resolve("verifier/server.toml");
  }

  /// Starts it and waits until token and store have answered.
  void start(Duration answerWindow) {
    write(answerWindow);
    program =
        Program.withToken(
            Main.class, home.resolve("verifier"), log, "serve", "--config", settings.toString());
    var serving = SERVING.matcher(program.line("serving "));
    if (!serving.matches()) {
      throw program.failed("the server does not say where it listens");
    }
    port = Integer.parseInt(serving.group(1));
    managementPort = Integer.parseInt(serving.group(3));
    awaitReady();
  }

  /// Waits until it says that token and store answer.
  void awaitReady() {
    var ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    Waiting.until("the server to be ready", PATIENCE_NANOS, () -> status(ready) == 200);
  }

  private int status(URI address) {
    try {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI api() {
    return URI.create("https://localhost:" + port);
  }

  boolean running() {
    return program != null;
  }

  /// Stops it in order.
  void stop() {
    if (program != null) {
      program.close();
      program = null;
    }
  }

  /// Takes the books of a batch into the store, as `karuta import` does beside a running server.
  void take(Path bundle) {
    Program.run(
        Main.class,
        home.resolve("verifier"),
        log,
        "import",
        "--config",
        settings.toString(),
        bundle.toString());
  }

  private void write(Duration answerWindow) {
    try {
      var token = Files.readString(home.resolve("verifier/token.toml"));
      Files.writeString(
          settings,
          """
          [server]
          port = %d
          certificate = "../pki/server.pem"
          private-key = "../pki/server-key.pem"
          client-ca = "../pki/ca.pem"

          [management]
          port = %d

          [[epoch]]
          record = "epoch.toml"

          [receipts]
          issuer = "karuta.test"

          [bundles]
          issuer-certificate = "../issuer/issuer-1.pem"

          [store]
          %s

          [policy]
          answer-seconds = %d

          [[client]]
          name = "front-end"
          role = "front-end"

          [[client]]
          name = "back-office"
          role = "back-office"

          %s
          """
              .formatted(
                  port,
                  managementPort,
                  store,
                  answerWindow.toSeconds(),
                  token.substring(token.indexOf("[token]"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    http.close();
  }
}
