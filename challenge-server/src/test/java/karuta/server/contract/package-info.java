/// What must hold on SQLite and on PostgreSQL alike.
@NullMarked
package karuta.server.contract;

import org.jspecify.annotations.NullMarked;
