package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One process has a database, or a name in it. That a process that is killed has neither any more is for those to test
/// who start processes.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoleUseTest {
  private static final String SESSIONS =
      "FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = 'postgres')";

  private static PostgresServer server;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /// In a schema of its own.
  private static DatabaseSettings settings(Duration patience) {
    return TestDatabase.patient(TestDatabase.on(server, Counts.TABLES), patience);
  }

  private static void never() {
    throw new AssertionError("nobody took it");
  }

  private static String sessions(String what) {
    return server.ask("SELECT " + what + " " + SESSIONS);
  }

  @Test
  void whoComesSecondByANameIsRefusedAndOthersAreNot() {
    var settings = settings(Duration.ofSeconds(1));
    try (var _ = SoleUse.take(settings, "one", SoleUseTest::never);
        var _ = SoleUse.take(settings, "two", SoleUseTest::never);
        var _ = SoleUse.take(settings(Duration.ofSeconds(1)), "one", SoleUseTest::never)) {
      assertThatThrownBy(() -> SoleUse.take(settings, "one", SoleUseTest::never))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("another process goes by the name 'one'")
          .hasMessageContaining("stop that one first")
          .as("the session of a lost host ends by itself, and this may be it")
          .returns(true, failure -> ((DatabaseUnavailable) failure).away());
    }
    SoleUse.take(settings, "one", SoleUseTest::never).close();
  }

  @Test
  void aNameWhoseSessionWasLostIsTakenAgain() {
    var settings = settings(Duration.ofSeconds(1));
    try (var _ = SoleUse.take(settings, "one", SoleUseTest::never)) {
      var first = sessions("min(pid)");
      server.execute("SELECT pg_terminate_backend(%s)".formatted(first));
      server.await(
          "SELECT (count(*) > 0) %s AND granted AND pid <> %s".formatted(SESSIONS, first), "t");
      assertThatThrownBy(() -> SoleUse.take(settings, "one", SoleUseTest::never))
          .isInstanceOf(DatabaseUnavailable.class);
    }
  }

  @Test
  void whoseNameAnotherHasTakenMeanwhileIsToldOnce() throws Exception {
    var told = new CountDownLatch(1);
    var patient = settings(Duration.ofMinutes(2));
    var settings = TestDatabase.patient(patient, Duration.ofSeconds(1));
    try (var _ = SoleUse.take(settings, "one", told::countDown)) {
      var first = sessions("min(pid)");
      var next = new FutureTask<>(() -> SoleUse.take(patient, "one", SoleUseTest::never));
      Thread.ofPlatform().daemon().start(next);
      // it waits in front of whoever comes now
      server.await("SELECT (count(*) > 0) %s AND NOT granted".formatted(SESSIONS), "t");
      server.execute("SELECT pg_terminate_backend(%s)".formatted(first));
      try (var _ = next.get()) {
        told.await();
      }
    }
  }

  /// As when the network is gone between the two: here the session is lost, there it stands.
  @Test
  void aSessionThatTheDatabaseTakesForAliveIsNotTakenForAnotherProcess() throws Exception {
    var waiting = "SELECT coalesce(min(pid), 0) %s AND NOT granted".formatted(SESSIONS);
    try (var _ = SoleUse.take(settings(Duration.ofSeconds(1)), "one", SoleUseTest::never)) {
      var first = sessions("min(pid)");
      signal("STOP", first);
      String second;
      do {
        second = server.ask(waiting);
      } while (second.equals("0"));
      server.await("SELECT count(*) %s AND pid = %s".formatted(SESSIONS, second), "0");
      // it was refused, and comes again
      server.await(waiting.replace("coalesce(min(pid), 0)", "count(*)"), "1");
      signal("CONT", first);
      server.await("SELECT count(*) %s AND granted AND pid <> %s".formatted(SESSIONS, first), "1");
    }
  }

  private static void signal(String name, String process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, process).start().waitFor()).isZero();
  }

  @Test
  void aFileIsOneProcesssUnderWhateverPath() throws IOException {
    var file = Files.createFile(directory.resolve("karuta.db"));
    var link = Files.createSymbolicLink(directory.resolve("link.db"), file);
    var lock = file.toRealPath().resolveSibling("karuta.db.lock");
    try (var _ = SoleUse.take(DatabaseSettings.sqlite(file), "one", SoleUseTest::never)) {
      assertThat(Files.getPosixFilePermissions(lock))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      for (var path : new Path[] {file, link}) {
        assertThatThrownBy(
                () -> SoleUse.take(DatabaseSettings.sqlite(path), "two", SoleUseTest::never))
            .isInstanceOf(DatabaseUnavailable.class)
            .hasMessageContaining("another process has " + file.toRealPath())
            .hasMessageContaining(lock.toString());
      }
    }
    SoleUse.take(DatabaseSettings.sqlite(link), "two", SoleUseTest::never).close();
    assertThat(lock).exists();
  }

  @Test
  void aLockThatCannotBeMadeIsSaid() {
    assertThatThrownBy(
            () ->
                SoleUse.take(
                    DatabaseSettings.sqlite(directory.resolve("absent.db")),
                    "one",
                    SoleUseTest::never))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("cannot be locked")
        .hasMessageContaining("absent.db");
  }
}
