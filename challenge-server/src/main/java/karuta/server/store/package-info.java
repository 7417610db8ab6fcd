/// The server's state on disk: its tables and their SQL. No other package of the server imports `java.sql`.
///
/// The same SQL text runs on SQLite (embedded default) and PostgreSQL (production), through `karuta.database`. Every
/// change of state is one guarded statement, whose row count says whether it took place; a transaction's work is on
/// disk when the call returns.
@NullMarked
package karuta.server.store;

import org.jspecify.annotations.NullMarked;
