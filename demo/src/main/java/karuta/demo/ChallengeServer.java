package karuta.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import karuta.demo.process.Child;
import karuta.demo.process.Commands;
import karuta.demo.process.Logs;
import karuta.demo.process.Program;
import karuta.demo.process.Programs;
import karuta.demo.process.Waiting;
import org.jspecify.annotations.Nullable;

/// `karuta serve` in a process of its own, beside a guard, with TLS and client certificates. It can be stopped and
/// started again on the same store.
public final class ChallengeServer implements AutoCloseable {
  private static final Pattern SERVING =
      Pattern.compile("(serving )?.*:(?<api>\\d+), management .*:(?<management>\\d+)");

  /// What a configuration says of this machine.
  ///
  /// @param port of the API; 0 takes a free one
  /// @param managementPort of health and metrics; 0 takes a free one
  /// @param store the lines of the table `[store]`
  public record Settings(int port, int managementPort, String store) {
    /// With the embedded default, beside the tokens.
    public static Settings onSqlite(int port, int managementPort) {
      return new Settings(port, managementPort, "file = \"../state/karuta.db\"");
    }
  }

  private final Home home;
  private final Programs programs;
  private final Path settings;

  /// Whether its store is a database whose tables somebody else makes.
  private final boolean database;

  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Child server;
  private @Nullable Commands operator;
  private URI api = URI.create("");
  private URI management = URI.create("");

  /// Its settings are written once; what somebody changed in them stays.
  public ChallengeServer(Home home, Programs programs, Settings settings, Path guard) {
    this.home = home;
    this.programs = programs;
    this.settings = home.path("server/server.toml");
    this.database = settings.store().contains("url");
    if (!Files.exists(this.settings)) {
      write(settings, guard);
    }
  }

  /// Starts it and waits until guard and store have answered.
  public void start() {
    Logs.begin(home.serverLog());
    if (database) {
      operator().done("migrate", "--config", settings.toString());
    }
    server =
        Child.start(
            programs.jvm(Program.SERVER),
            Program.SERVER.main(),
            Child.Place.of(home.serverLog()),
            "serve",
            "--config",
            settings.toString());
    var where = SERVING.matcher(server.line("serving "));
    if (!where.matches()) {
      throw server.failed("it does not say where it listens");
    }
    api = api(where.group("api"));
    management = URI.create("http://127.0.0.1:" + where.group("management"));
    awaitReady();
  }

  private static URI api(String port) {
    return URI.create("https://localhost:" + port);
  }

  /// Where the server that was started last in a directory has its API.
  ///
  /// @throws IllegalStateException if none was
  public static URI lastApi(Home home) {
    try {
      return Files.readAllLines(home.serverLog()).stream()
          .map(SERVING::matcher)
          .filter(Matcher::matches)
          .map(where -> api(where.group("api")))
          .reduce((first, second) -> second)
          .orElseThrow(
              () -> new IllegalStateException("no server is ready in " + home.directory()));
    } catch (IOException e) {
      throw new IllegalStateException(
          "no server was started in " + home.directory() + "; ./karuta demo does it", e);
    }
  }

  /// Waits until it says that guard and store answer.
  public void awaitReady() {
    var ready = management.resolve("/health/ready");
    Waiting.until("the server to be ready", () -> status(ready) == 200, this::running);
  }

  private int status(URI address) {
    try {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Where its API is.
  public URI api() {
    return api;
  }

  /// Where health and metrics are.
  public URI management() {
    return management;
  }

  /// Its process.
  ///
  /// @throws IllegalStateException if it does not run
  public Child process() {
    if (server == null) {
      throw new IllegalStateException("the server does not run");
    }
    return server;
  }

  /// Whether it runs.
  public boolean running() {
    return server != null && server.alive();
  }

  /// Stops it in order.
  public void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// Takes the books of a batch into the store, as an operator does beside a running server: from another process.
  public void take(Path bundle) {
    operator().done("import", "--config", settings.toString(), bundle.toString());
  }

  private Commands operator() {
    if (operator == null) {
      operator =
          Commands.at(
              programs.jvm(Program.SERVER), Program.SERVER, Child.Place.of(home.chainLog()));
    }
    return operator;
  }

  private void write(Settings settings, Path guard) {
    try {
      Files.writeString(
          this.settings,
          """
          # Written for development only. Every field: ./karuta serve --example

          [server]
          port = %d
          certificate = "../pki/server.pem"
          private-key = "../pki/server-key.pem"
          client-ca = "../pki/ca.pem"
          dedicated-client-ca = true

          [management]
          port = %d

          [guard]
          socket = "%s"

          [[epoch]]
          record = "../verifier/%s"

          [receipts]
          audience = "%s"

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

          [development]
          reflection = true
          """
              .formatted(
                  settings.port(),
                  settings.managementPort(),
                  guard,
                  home.epochRecord().getFileName(),
                  Guard.RECEIPT_AUDIENCE,
                  settings.store()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    if (operator != null) {
      operator.close();
    }
    http.close();
  }
}
