/// One suite that runs on SQLite and on PostgreSQL: the server must behave alike on both.
@NullMarked
package karuta.server.contract;

import org.jspecify.annotations.NullMarked;
