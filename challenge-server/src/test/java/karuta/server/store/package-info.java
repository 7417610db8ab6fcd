/// Tests of the store on real databases: roles and their rights, processes that hang, and settings that would lose
/// acknowledged work.
@NullMarked
package karuta.server.store;

import org.jspecify.annotations.NullMarked;
