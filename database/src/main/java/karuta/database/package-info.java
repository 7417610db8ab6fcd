/// Access to a program's own database, SQLite (embedded default) or PostgreSQL (production), by plain JDBC and the same
/// SQL text for both.
///
/// What a call has acknowledged is on disk, and every wait has a deadline on the client's side. A database whose
/// settings would lose acknowledged work, or let a caller wait without an end, is refused at start. The tables belong
/// to the programs that use this package; it has none itself.
@NullMarked
package karuta.database;

import org.jspecify.annotations.NullMarked;
