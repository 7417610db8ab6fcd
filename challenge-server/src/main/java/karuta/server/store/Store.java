package karuta.server.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.Sql;
import karuta.database.Tables;
import karuta.database.TimeOfRecord;

/// The state on disk, on SQLite or PostgreSQL.
///
/// Work runs in one transaction and is on disk when the call returns. What the work throws ends the transaction without a
/// trace. A database error becomes [DatabaseUnavailable]: nobody knows then whether a commit that was under way took place,
/// which is why answers carry idempotency keys.
public final class Store implements AutoCloseable {
  /// What the store keeps in its database.
  public static final Tables TABLES = new Tables("db/migration", "store", "karuta migrate");

  private static final int NAME_BYTES = 16;

  private final Database database;
  private final AuditIds ids = new AuditIds();
  private final String server = name();
  private final AtomicBoolean forgot = new AtomicBoolean();

  /// Verdicts that could not be written, and how many of them were before a write that was on disk.
  private final AtomicLong lost = new AtomicLong();

  private volatile long forgiven;

  private Store(Database database) {
    this.database = database;
  }

  /// Opens the store. The tables of a SQLite file are brought up to date; those of PostgreSQL have to be, by [#migrate].
  ///
  /// @throws DatabaseUnavailable if it cannot be reached, would lose acknowledged work, or its tables are not those of this program
  public static Store open(DatabaseSettings settings) {
    return new Store(Database.open(settings, TABLES));
  }

  /// Brings the tables up to date, in the role that owns them.
  ///
  /// @throws DatabaseUnavailable if that cannot be done
  public static void migrate(DatabaseSettings settings) {
    Database.migrate(settings, TABLES);
  }

  /// Opens the store as [#open] does, but makes no new one.
  public static Store openExisting(DatabaseSettings settings) {
    return new Store(Database.openExisting(settings, TABLES));
  }

  /// Runs work that touches nothing but the database: repeated from its start when the database asks for it.
  public <T> T change(Function<Tx, T> work) {
    return database.change(inTx(work));
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
      return database.writing(
          inTx(
              tx -> {
                // again: what waits on SQLite's one lane has come by here before the one ahead of
                // it failed
                requireWritable();
                return work.apply(tx);
              }));
    } catch (Sql.Fault fault) {
      if (asked.getAsBoolean()) {
        lost.incrementAndGet();
      }
      throw database.unavailable(fault);
    }
  }

  /// Whether no verdict was lost since a check last found that the store can write.
  public boolean writable() {
    return lost.get() == forgiven;
  }

  private void requireWritable() {
    if (!writable()) {
      throw new DatabaseUnavailable(
          "a verdict could not be written, and no write has been on disk since");
    }
  }

  /// Runs work that only reads, and sees one state of the database throughout.
  public <T> T read(Function<Tx, T> work) {
    return database.reading(inTx(work));
  }

  /// Asks the store for a sign of life, by a change that is on disk when this returns: what can only be read serves nobody.
  ///
  /// @param now time of record
  /// @throws DatabaseUnavailable if nothing can be written, or what is acknowledged would not be kept
  public void check(Instant now) {
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
