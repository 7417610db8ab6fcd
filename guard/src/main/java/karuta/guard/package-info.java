/// The guard: a process of its own that alone holds the verifier token, judges answers, and signs what it judged
/// (DESIGN section 6).
///
/// Whoever owns a challenge server owns neither an oracle nor a signature: the guard counts what it judges in a journal
/// that no server can write, and signs a receipt only for what it has just judged right. `judge` is the whole of it on
/// one screen, `journal` what it remembers.
@NullMarked
package karuta.guard;

import org.jspecify.annotations.NullMarked;
