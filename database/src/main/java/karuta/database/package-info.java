/// Careful access to a database of a program's own, SQLite (embedded default) or PostgreSQL (production), by plain JDBC
/// and the same SQL text on both. What is acknowledged is on disk, every wait has an end on our side, and a database
/// that would forget or keep somebody waiting for ever is refused. Which tables it has is its user's to say: this
/// package has none.
@NullMarked
package karuta.database;

import org.jspecify.annotations.NullMarked;
