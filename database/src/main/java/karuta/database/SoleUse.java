package karuta.database;

/// Keeps a database for one process, so that a second one that was started by mistake is refused before it works there.
/// A SQLite file is kept as a whole; on PostgreSQL, which many may share, a name in a schema is.
///
/// It ends with the process, however that ends: the kernel or the database sees to it, and nothing has to be tidied up
/// before the next start.
public abstract class SoleUse implements AutoCloseable {
  SoleUse() {}

  /// Takes a database that is there.
  ///
  /// @param name of this process among those that share a PostgreSQL
  /// @param lost run once, by a thread of its own, when another process has taken the name since
  /// @throws DatabaseUnavailable if another process has it
  public static SoleUse take(DatabaseSettings settings, String name, Runnable lost) {
    return Database.isSqlite(settings)
        ? SqliteSoleUse.takeFile(Database.file(settings))
        : PostgresSoleUse.takeName(settings, name, lost);
  }

  @Override
  public abstract void close();
}
