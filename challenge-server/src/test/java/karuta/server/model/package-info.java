/// A plain model of what is promised to those who ask and answer: what they were told is held against what the store
/// and the journal hold, whichever way it was brought about. It knows nothing of how the program keeps its promises.
@NullMarked
package karuta.server.model;

import org.jspecify.annotations.NullMarked;
