package karuta.demobank.real;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import karuta.demobank.Stack;
import karuta.demobank.api.Karuta;
import karuta.demobank.api.Karuta.Access;
import karuta.demobank.api.Karuta.Identity;
import karuta.v1.ChallengeState;
import org.jspecify.annotations.Nullable;

/// The running stack: two SoftHSM tokens that have agreed a book key, custodians who make cards of the open orders, the
/// challenge server with client certificates, a database. There is one with each database, started when a suite first asks
/// for it; it ends with the test run.
public final class RealStack implements Stack {
  private static final Duration USUAL_WINDOW = Duration.ofMinutes(3);
  private static final Duration SHORT_WINDOW = Duration.ofSeconds(8);
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private static @Nullable RealStack sqlite;
  private static @Nullable RealStack postgresql;

  private final Vertx vertx = Vertx.vertx();
  private final Path home;
  private final CardMakers makers;
  private final ChallengeServer server;
  private final Karuta karuta;
  private boolean shortened;

  /// The tables of the database are made by the server.
  ///
  /// @param store the lines of the configuration's table `[store]`
  private RealStack(String name, String store) {
    var log = Path.of("target", "stack-" + name + ".log");
    try {
      Files.deleteIfExists(log);
      home = Files.createTempDirectory("karuta-bank-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    makers = new CardMakers(home, log);
    server = new ChallengeServer(home, log, store);
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    makers.layOut();
    server.start(USUAL_WINDOW);
    karuta = Karuta.open(vertx, frontEnd(), backOffice());
  }

  /// On SQLite, the embedded default.
  public static synchronized RealStack onSqlite() {
    if (sqlite == null) {
      sqlite = new RealStack("sqlite", "file = \"../karuta.db\"");
    }
    return sqlite;
  }

  /// On PostgreSQL, as in production.
  public static synchronized RealStack onPostgresql() {
    if (postgresql == null) {
      postgresql = new RealStack("postgresql", Postgres.settings());
    }
    return postgresql;
  }

  private Access access(String role) {
    var pki = home.resolve("pki");
    return new Access(
        server.api(),
        Optional.of(
            new Identity(
                pki.resolve(role + ".pem"),
                pki.resolve(role + "-key.pem"),
                pki.resolve("ca.pem"))));
  }

  @Override
  public Access frontEnd() {
    return access("front-end");
  }

  @Override
  public Access backOffice() {
    return access("back-office");
  }

  @Override
  public Path letterbox() {
    return home.resolve("letterbox");
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public void makeCards() {
    karuta.backOffice().orders().forEach(order -> makers.make(order, server));
  }

  @Override
  public String picture(String serial, String cell) {
    return makers.picture(serial, cell);
  }

  @Override
  public void shortenTheWindow() {
    server.stop();
    server.start(SHORT_WINDOW);
    shortened = true;
  }

  @Override
  public void letTheWindowPass(String challenge) {
    Waiting.until(
        "the answer window to pass",
        PATIENCE_NANOS,
        () -> karuta.frontEnd().challenge(challenge).getState() == ChallengeState.EXPIRED);
  }

  @Override
  public void token(boolean there) {
    var tokens = home.resolve("verifier/tokens");
    var away = home.resolve("verifier/away");
    try {
      Files.move(there ? away : tokens, there ? tokens : away);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (there) {
      server.awaitReady();
    }
  }

  @Override
  public void reachable(boolean reachable) {
    if (reachable) {
      server.start(USUAL_WINDOW);
    } else {
      server.stop();
    }
  }

  @Override
  public void restore() {
    if (Files.exists(home.resolve("verifier/away"))) {
      token(true);
    }
    if (shortened) {
      server.stop();
      shortened = false;
    }
    if (!server.running()) {
      server.start(USUAL_WINDOW);
    }
  }

  private void end() {
    server.close();
    makers.close();
    try (var files = Files.walk(home)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
