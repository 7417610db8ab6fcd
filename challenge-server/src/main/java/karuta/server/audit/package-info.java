/// What happened to the cards, in rows that are only ever added.
@NullMarked
package karuta.server.audit;

import org.jspecify.annotations.NullMarked;
