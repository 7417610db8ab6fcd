package karuta.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// The state on disk, on SQLite or PostgreSQL.
///
/// Work runs in one transaction and is on disk when the call returns. What the work throws ends the transaction without a
/// trace. A database error becomes [StoreUnavailable]: nobody knows then whether a commit that was under way took place,
/// which is why answers carry idempotency keys.
public final class Store implements AutoCloseable {
  private static final int TRIES = 5;
  private static final int NAME_BYTES = 16;

  /// How far the time of record may be behind the newest row of the audit: more than two servers' readings of it differ.
  private static final Duration BEHIND = Duration.ofSeconds(1);

  private static final String SQLITE = "jdbc:sqlite:";

  private final Database database;
  private final AuditIds ids = new AuditIds();
  private final String server = name();
  private final AtomicBoolean forgot = new AtomicBoolean();

  /// Verdicts that could not be written, and how many of them were before a write that was on disk.
  private final AtomicLong lost = new AtomicLong();

  private volatile long forgiven;

  private final Duration patience;

  private Store(Database database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /// Opens the store. The tables of a SQLite file are brought up to date; those of PostgreSQL have to be, by [#migrate].
  ///
  /// @throws StoreUnavailable if it cannot be reached, would lose acknowledged work, or its tables are not those of this program
  public static Store open(StoreSettings settings) {
    var store =
        new Store(
            settings.url().startsWith(SQLITE)
                ? SqliteDatabase.open(settings)
                : PostgresDatabase.open(settings),
            settings.patience());
    try {
      store.readNewest();
      return store;
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  /// Has new ids of the audit go on behind those that are there.
  private Optional<Instant> readNewest() {
    var newest = read(tx -> tx.audit().newest());
    newest.ifPresent(ids::written);
    return newest;
  }

  /// Brings the tables up to date, in the role that owns them.
  ///
  /// @throws StoreUnavailable if that cannot be done, or would make a second store in a database that has one
  public static void migrate(StoreSettings settings) {
    if (!settings.url().startsWith(SQLITE)) {
      OtherTables.requireNone(settings);
    }
    migrateOrMake(settings);
  }

  /// Does the same in a database that may have another store in another schema.
  public static void migrateOrMake(StoreSettings settings) {
    if (settings.url().startsWith(SQLITE)) {
      SqliteDatabase.open(settings).close();
    } else {
      PostgresDatabase.migrate(settings);
    }
  }

  /// Opens the store as [#open] does, but makes no new one.
  public static Store openExisting(StoreSettings settings) {
    if (settings.url().startsWith(SQLITE)
        && !Files.exists(Path.of(settings.url().substring(SQLITE.length())))) {
      throw new StoreUnavailable("there is none at " + settings.url());
    }
    return open(settings);
  }

  /// Runs work that touches nothing but the database: repeated from its start when the database asks for it.
  public <T> T change(Function<Tx, T> work) {
    for (var tried = 1; ; tried++) {
      try {
        return run(work);
      } catch (Sql.Fault fault) {
        if (tried == TRIES || !database.wantsRepetition(fault.error())) {
          throw unavailable(fault);
        }
      }
    }
  }

  /// Runs work that asks the token as well: never repeated, because a repetition would be a second guess.
  ///
  /// A verdict that cannot be written is a guess that is not counted. So after the first, no work of this kind is begun until
  /// a check has found that writes reach the disk again.
  ///
  /// @param asked whether the token has been asked, so that its verdict is lost if this work fails
  public <T> T changeOnce(Function<Tx, T> work, BooleanSupplier asked) {
    requireWritable();
    try {
      return run(
          tx -> {
            // again: what waits on SQLite's one lane has come by here before the one ahead of it
            // failed
            requireWritable();
            return work.apply(tx);
          });
    } catch (Sql.Fault fault) {
      if (asked.getAsBoolean()) {
        lost.incrementAndGet();
      }
      throw unavailable(fault);
    }
  }

  /// Whether no verdict was lost since a check last found that the store can write.
  public boolean writable() {
    return lost.get() == forgiven;
  }

  private void requireWritable() {
    if (!writable()) {
      throw new StoreUnavailable(
          "a verdict could not be written, and no write has been on disk since");
    }
  }

  /// Runs work that only reads, and sees one state of the database throughout.
  public <T> T read(Function<Tx, T> work) {
    try {
      return database.reading(connection -> work.apply(new Tx(connection, ids)));
    } catch (Sql.Fault fault) {
      throw unavailable(fault);
    }
  }

  /// How long it may take from the moment a change is asked for until others see it: whoever reads rows in the order of their time has to look so far
  /// back again. Of the patience of the store, a connection takes one at most, each of two rows that others hold two, a token twelve, and the
  /// commit three, after which the database has ended the transaction or is taken for lost.
  public Duration slowest() {
    return patience.multipliedBy(1 + 2 * 2 + 12 + 3);
  }

  /// Asks the store for a sign of life, by a change that is on disk when this returns: what can only be read serves nobody.
  ///
  /// @param time of record
  /// @throws StoreUnavailable if nothing can be written, what is acknowledged would not be kept, or rows of the audit are from the future
  public void check(InstantSource time) {
    var now = time.instant();
    var before = lost.get();
    change(
        tx -> {
          database.requireDurable(tx.sql());
          tx.checks().write(server, now);
          return true;
        });
    forgiven = before;
    if (forgot.compareAndSet(false, true)) {
      change(tx -> tx.checks().forget(now));
    }
    requireNotBehind(time);
  }

  /// The time is read after the row: a check may wait for its turn while others write.
  private void requireNotBehind(InstantSource time) {
    var newest = readNewest();
    var now = time.instant();
    var ahead = newest.map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
    if (ahead.compareTo(BEHIND) > 0) {
      throw new StoreUnavailable(
          "the newest row of the audit is %d s ahead of the clock; set the clock right, or wait so long"
              .formatted(ahead.toSeconds()));
    }
  }

  boolean hasClock() {
    return database.hasClock();
  }

  /// Reads the database's clock: the statement alone is between the two values of the counter, not the wait for a connection.
  DatabaseClock.Reading readClock(LongSupplier nanoClock) {
    return read(
        tx -> {
          var began = nanoClock.getAsLong();
          var at = database.clock(tx.sql());
          return DatabaseClock.Reading.between(began, at, nanoClock.getAsLong());
        });
  }

  @Override
  public void close() {
    database.close();
  }

  private static String name() {
    var bytes = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private <T> T run(Function<Tx, T> work) {
    return database.writing(connection -> work.apply(new Tx(connection, ids)));
  }

  private static StoreUnavailable unavailable(Sql.Fault fault) {
    for (Throwable cause = fault.error(); cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreUnavailable refused) {
        return refused;
      }
    }
    return new StoreUnavailable("the store did not do its work", fault.error());
  }
}
