/// A plain model of what is promised to callers. What callers were told is compared with what the store and the guard's
/// journal hold, after any history of calls, crashes and faults. The model knows nothing of how the program keeps its
/// promises.
@NullMarked
package karuta.server.model;

import org.jspecify.annotations.NullMarked;
