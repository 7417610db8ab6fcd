package karuta.demobank.real;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.client.Identity;
import karuta.demo.ChallengeServer;
import karuta.demo.HeldCard;
import karuta.demo.Home;
import karuta.demo.Steps;
import karuta.demo.WholeStack;
import karuta.demobank.Stack;
import karuta.demobank.api.Karuta;
import karuta.demobank.api.Karuta.Access;
import karuta.testing.TestJvm;
import karuta.v1.ChallengeState;
import org.jspecify.annotations.Nullable;

/// The running stack: two SoftHSM tokens that have agreed a book key, custodians who make cards of the open orders, the
/// challenge server with client certificates, a database. There is one with each database in a JVM of tests, started
/// when a suite first asks for it; it ends with the JVM.
public final class RealStack implements Stack {
  private static @Nullable RealStack sqlite;
  private static @Nullable RealStack postgresql;

  private final Vertx vertx = Vertx.vertx();
  private final Home home = Home.temporary("bank");
  private final ReservedPort port = new ReservedPort();
  private final ReservedPort managementPort = new ReservedPort();
  private final WholeStack stack;
  private final Karuta karuta;
  private final String database;

  /// The tables of the database are made as the stack is.
  ///
  /// @param store the lines of the configuration's table `[store]`
  /// @param database where JDBC finds the same database; `%s` stands for the stack's directory
  private RealStack(String name, String store, String database) {
    this.database = database.formatted(home.directory());
    stack =
        new WholeStack(
            home,
            _ -> TestJvm.jvm(List.of()),
            new ChallengeServer.Settings(port.number(), managementPort.number(), store),
            new Steps(System.out));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(name)));
    karuta = Karuta.open(vertx, frontEnd(), backOffice());
  }

  /// On SQLite, the embedded default.
  public static synchronized RealStack onSqlite() {
    if (sqlite == null) {
      sqlite =
          new RealStack(
              "sqlite",
              "file = \"../state/karuta.db\"",
              "jdbc:sqlite:%s/state/karuta.db?busy_timeout=60000");
    }
    return sqlite;
  }

  /// On PostgreSQL, as in production.
  public static synchronized RealStack onPostgresql() {
    if (postgresql == null) {
      var postgres = Postgres.start();
      postgresql = new RealStack("postgresql", postgres.settings(), postgres.url());
    }
    return postgresql;
  }

  private Access access(String role) {
    return new Access(stack.server().api(), Optional.of(Identity.in(home.pki(), role)));
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
  public Karuta karuta() {
    return karuta;
  }

  @Override
  public Path letterbox() {
    return home.letterbox();
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public void makeCards() {
    karuta.backOffice().orders().forEach(stack.makers()::make);
  }

  @Override
  public String picture(String serial, String cell) {
    return HeldCard.of(home, serial).picture(cell);
  }

  /// The server's clock is its own, so the question's end is moved instead, in the two rows that know it.
  @Override
  public void letTheWindowPass(String challenge) {
    try (var connection = DriverManager.getConnection(database)) {
      connection.setAutoCommit(false);
      end(
          connection,
          "UPDATE challenges SET expires_at = ? WHERE challenge_id = ? AND state = 'OPEN'",
          challenge);
      end(
          connection,
          "UPDATE card_states SET challenge_expires = ? WHERE challenge_id = ?",
          challenge);
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    var state = karuta.frontEnd().challenge(challenge).getState();
    if (state != ChallengeState.EXPIRED) {
      throw new IllegalStateException("the question whose window has passed is " + state);
    }
  }

  private static void end(Connection connection, String sql, String challenge) throws SQLException {
    try (var update = connection.prepareStatement(sql)) {
      update.setLong(1, System.currentTimeMillis());
      update.setString(2, challenge);
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("no such question: " + challenge);
      }
    }
  }

  @Override
  public void token(boolean there) {
    var tokens = home.path("verifier/tokens");
    var away = home.path("verifier/away");
    try {
      Files.move(there ? away : tokens, there ? tokens : away);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (there) {
      stack.server().awaitReady();
    }
  }

  @Override
  public void reachable(boolean reachable) {
    if (reachable) {
      stack.server().start();
    } else {
      stack.server().stop();
    }
  }

  @Override
  public void restore() {
    if (Files.exists(home.path("verifier/away"))) {
      token(true);
    }
    if (!stack.server().running()) {
      stack.server().start();
    }
  }

  /// What the programs said is kept among the tests' reports.
  private void end(String name) {
    stack.close();
    var fork = System.getProperty("surefire.forkNumber", "1");
    try {
      for (var log : List.of(home.chainLog(), home.serverLog(), home.guardLog())) {
        Files.copy(
            log,
            Path.of("target", "%s-%s-%s".formatted(name, fork, log.getFileName())),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    home.delete();
  }
}
