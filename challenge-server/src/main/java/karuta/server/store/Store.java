package karuta.server.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.Sql;
import karuta.database.Tables;
import karuta.database.TimeOfRecord;

/// The state on disk, on SQLite or PostgreSQL.
///
/// Work runs in one transaction and is on disk when the call returns. What the work throws ends the transaction without
/// a trace. A database error becomes [DatabaseUnavailable]: nobody knows then whether a commit that was under way took
/// place, which is why answers carry idempotency keys.
public final class Store implements AutoCloseable {
  /// What the store keeps in its database.
  public static final Tables TABLES =
      new Tables(
          "db/migration", "store", "karuta migrate", List.of("card_states", "verdicts", "audit"));

  private static final int NAME_BYTES = 16;

  /// How far the time of record may be behind the newest row of the audit: more than two servers' readings of it
  /// differ.
  private static final Duration BEHIND = Duration.ofSeconds(1);

  private final Database database;
  private final AuditIds ids = new AuditIds();
  private final String server = name();
  private final AtomicBoolean forgot = new AtomicBoolean();

  private final Duration patience;

  private Store(Database database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /// Opens the store. The tables of a SQLite file are brought up to date; those of PostgreSQL have to be, by
  /// [#migrate].
  ///
  /// @throws DatabaseUnavailable if it cannot be reached, would lose acknowledged work, or its tables are not those of
  ///     this program
  public static Store open(DatabaseSettings settings) {
    return over(Database.open(settings, TABLES), settings.patience());
  }

  /// Opens the store as [#open] does, but makes no new one.
  public static Store openExisting(DatabaseSettings settings) {
    return over(Database.openExisting(settings, TABLES), settings.patience());
  }

  /// A store in a database that is open already, and is closed with it.
  ///
  /// @param patience of that database
  public static Store over(Database database, Duration patience) {
    var store = new Store(database, patience);
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
  /// @throws DatabaseUnavailable if that cannot be done, or would make a second store in a database that has one
  public static void migrate(DatabaseSettings settings) {
    Database.migrate(settings, TABLES);
  }

  /// Does the same in a database that may have another store in another schema.
  public static void migrateOrMake(DatabaseSettings settings) {
    Database.migrateOrMake(settings, TABLES);
  }

  /// Runs work that touches nothing but the database: repeated from its start when the database asks for it.
  public <T> T change(Function<Tx, T> work) {
    return database.change(inTx(work));
  }

  /// Runs work that only reads, and sees one state of the database throughout.
  public <T> T read(Function<Tx, T> work) {
    return database.reading(inTx(work));
  }

  /// How long it may take from the moment a change is asked for until others see it: whoever reads rows in the order of
  /// their time has to look so far back again. Of the patience of the store, a connection takes one at most, each of
  /// two rows that others hold two, a server that is stopped in between twelve, and the commit three, after which the
  /// database has ended the transaction or is taken for lost.
  public Duration slowest() {
    return patience.multipliedBy(1 + 2 * 2 + 12 + 3);
  }

  /// Asks the store for a sign of life, by a change that is on disk when this returns: what can only be read serves
  /// nobody.
  ///
  /// @param time of record
  /// @throws DatabaseUnavailable if nothing can be written, what is acknowledged would not be kept, or rows of the
  ///     audit are from the future
  public void check(InstantSource time) {
    var now = time.instant();
    change(
        tx -> {
          database.requireDurable(tx.sql());
          tx.checks().write(server, now);
          return true;
        });
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
      throw new DatabaseUnavailable(
          "the newest row of the audit is %d s ahead of the clock; set the clock right, or wait so long"
              .formatted(ahead.toSeconds()));
    }
  }

  /// The time of record of all who use this store.
  ///
  /// @param machine this machine's own clock
  /// @throws DatabaseUnavailable if it cannot be read
  public TimeOfRecord clock(InstantSource machine) {
    return TimeOfRecord.of(database, machine);
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

  private <T> Function<Sql, T> inTx(Function<Tx, T> work) {
    return sql -> work.apply(new Tx(sql, ids));
  }
}
