/// The challenge server: puts questions, has answers judged by the guard, and keeps the life of every card. This
/// package has its commands and the start and shutdown of the server.
@NullMarked
package karuta.server;

import org.jspecify.annotations.NullMarked;
