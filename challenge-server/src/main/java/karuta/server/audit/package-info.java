/// The audit: what happened to each card, in rows that are added and never changed.
@NullMarked
package karuta.server.audit;

import org.jspecify.annotations.NullMarked;
