package karuta.guard.journal;

/// Commits entries to the journal.
interface Commits extends AutoCloseable {
  /// Records an entry, unless something stands against it.
  ///
  /// @return what is on disk now
  /// @throws karuta.database.DatabaseUnavailable if that is unknown
  Decision record(Entry entry);

  @Override
  void close();
}
