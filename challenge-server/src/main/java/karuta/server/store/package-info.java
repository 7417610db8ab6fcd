/// The state on disk: the only package that imports `java.sql`.
///
/// Plain JDBC, the same SQL text on SQLite (embedded default) and PostgreSQL (production). Every change of state is one
/// guarded statement whose row count is the answer; a transaction's work is on disk when the call returns.
@NullMarked
package karuta.server.store;

import org.jspecify.annotations.NullMarked;
