/// The guard: a process of its own that alone holds the verifier token, judges answers, and signs receipts for what it
/// judged right. `docs/decisions/014-guard-model.md` states what is promised and against whom.
///
/// An attacker who controls a challenge server can neither test guesses without limit nor have a receipt signed: the
/// guard counts failures in a journal that no server can write, and signs a receipt only for an answer it has just
/// judged right. The judging itself is `karuta.guard.judge`; what the guard remembers is `karuta.guard.journal`.
@NullMarked
package karuta.guard;

import org.jspecify.annotations.NullMarked;
