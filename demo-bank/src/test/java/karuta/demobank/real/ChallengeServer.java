package karuta.demobank.real;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.provisioning.testing.Program;
import karuta.provisioning.testing.Waiting;
import karuta.server.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `karuta serve` in a process of its own, on the verifier token, with TLS and client certificates. It can be stopped and
/// started again on the same store and the same ports.
final class ChallengeServer implements AutoCloseable {
  private final Path home;
  private final Path log;
  private final String store;
  private final Path settings;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ReservedPort port = new ReservedPort();
  private final ReservedPort managementPort = new ReservedPort();
  private @Nullable Program program;

  /// @param store the lines of the configuration's table `[store]`
  ChallengeServer(Path home, Path log, String store) {
    this.home = home;
    this.log = log;
    this.store = store;
    this.settings = home.resolve("verifier/server.toml");
  }

  /// Starts it and waits until token and store have answered.
  void start() {
    write();
    program =
        Program.withToken(
            Main.class, home.resolve("verifier"), log, "serve", "--config", settings.toString());
    program.line("serving ");
    awaitReady();
  }

  /// Waits until it says that token and store answer.
  void awaitReady() {
    var ready = URI.create("http://127.0.0.1:" + managementPort.number() + "/health/ready");
    Waiting.until("the server to be ready", () -> status(ready) == 200);
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
    return URI.create("https://localhost:" + port.number());
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

  /// Takes the books of a batch into the store, as `karuta import` does beside a running server: from another process, and
  /// this is one.
  void take(Path bundle) {
    var said = new StringWriter();
    var code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(said))
            .setErr(new PrintWriter(said))
            .execute("import", "--config", settings.toString(), bundle.toString());
    if (code != 0) {
      throw new IllegalStateException("the import ended with " + code + ": " + said);
    }
  }

  private void write() {
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

          [[client]]
          name = "front-end"
          role = "front-end"

          [[client]]
          name = "back-office"
          role = "back-office"

          %s
          """
              .formatted(
                  port.number(),
                  managementPort.number(),
                  store,
                  token.substring(token.indexOf("[token]"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    http.close();
    port.close();
    managementPort.close();
  }
}
