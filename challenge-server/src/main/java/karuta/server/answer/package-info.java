/// Puts questions and settles answers: chooses a card's draw, which stays until it is answered right; gives each
/// challenge its own order of the pictures; and stores what the guard judged, each judgement once, in one transaction
/// with the card's counters, the receipt and the audit row.
@NullMarked
package karuta.server.answer;

import org.jspecify.annotations.NullMarked;
