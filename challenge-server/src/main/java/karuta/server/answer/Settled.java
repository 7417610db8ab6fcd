package karuta.server.answer;

import java.util.List;
import karuta.server.challenge.Outcome;
import karuta.server.watch.Observer.Event;

/// How an answer ended, and what is told of it after the commit.
record Settled(Outcome outcome, List<Event> seen) {}
