/// Tests of database access, among them on real processes that hang or acknowledge what they may forget.
@NullMarked
package karuta.database;

import org.jspecify.annotations.NullMarked;
