package karuta.server.answer;

import java.util.List;
import java.util.Optional;
import karuta.server.challenge.Outcome;
import karuta.server.watch.Observer.Event;

/// How an answer ended, and what is told of it after the commit.
///
/// @param outcome none if the guard has judged more than its reply held, the answer among it: the same answer is told
///     it when it is sent again
record Settled(Optional<Outcome> outcome, List<Event> seen) {
  Settled(Outcome outcome, List<Event> seen) {
    this(Optional.of(outcome), seen);
  }
}
