package karuta.smoke;

import static karuta.smoke.Tally.expect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import karuta.demo.Customer;
import karuta.demo.WholeStack;
import karuta.smoke.KnownCard.Answer;
import karuta.smoke.memory.HeapDump;
import karuta.smoke.memory.HeapDump.Scope;
import karuta.smoke.memory.ProcessMemory;
import karuta.smoke.memory.Traces;

/// The first promise: no layout is ever in the server's memory, nor any answer that no customer has just sent.
///
/// Customers answer without pause while the server's heap is collected at any moment and then dumped, garbage included;
/// when they have stopped, all its memory is read. Both are searched for all that this program, which has the cards, knows
/// of them: layouts, answers as the bytes under a tag, sent or not, and the PIN. The same search of this program finds it
/// all: that is the control. What is not searched for is what is not promised: the choices in a request, which say nothing
/// without its question.
final class MemoryChecks {
  private static final int COLLECTIONS = 8;
  private static final String THERE = "the domain string of an answer";

  private final List<Customer> customers;
  private final WholeStack stack;
  private final RawHttp management;

  /// @param management the way to the server's metrics
  MemoryChecks(List<Customer> customers, WholeStack stack, RawHttp management) {
    this.customers = customers;
    this.stack = stack;
    this.management = management;
  }

  void run(Tally tally) {
    tally.check("the search finds the cards where they are: in this program", this::control);
    tally.check(
        "under load and collections, no layout, answer or PIN is in the server's heap, garbage included",
        this::underLoad);
    tally.check(
        "nor does any stand in what the server writes: log, metrics, database", this::written);
    var memory = new ProcessMemory(server());
    var claim = "nor does any stand in the rest of its memory, the token's library included";
    if (memory.isShown()) {
      tally.check(claim, () -> nothing(memory.find(everything())));
    } else {
      tally.leave(claim, "this system does not show one process another's memory");
    }
  }

  private void control() throws Exception {
    var cards = cards();
    var held = answers(cards);
    // Older than the patterns, so that it does not find those.
    try (var dump = dump(ProcessHandle.current().pid(), Scope.REACHABLE)) {
      var missing = new TreeSet<String>();
      held.forEach(answer -> missing.add(answer.name()));
      cards.forEach(card -> missing.add(Traces.window(card.name(), 0)));
      missing.removeAll(dump.find(traces(cards, held)));
      expect(missing.isEmpty(), "not found: " + missing);
    }
  }

  private void underLoad() throws Exception {
    try (var load = new Load(customers)) {
      for (var i = 0; i < COLLECTIONS; i++) {
        load.awaitRounds(4);
        HeapDump.collect(server());
      }
      try (var dump = dump(server(), Scope.EVERYTHING)) {
        load.awaitRounds(1);
        load.stop();
        nothing(dump.find(everything()));
      }
    }
  }

  private long server() {
    return stack.server().process().pid();
  }

  private HeapDump dump(long process, Scope scope) throws IOException, InterruptedException {
    return HeapDump.of(process, stack.home().directory(), scope);
  }

  private Traces everything() throws IOException {
    var cards = cards();
    var traces = traces(cards, answers(cards));
    traces.text("the PIN", Files.readString(stack.home().verifier().resolve("pin")).strip());
    return traces;
  }

  private void written() throws Exception {
    var traces = everything();
    var found =
        new TreeSet<String>(
            traces.in(management.text("/metrics").getBytes(StandardCharsets.UTF_8)));
    found.addAll(traces.in(Files.readAllBytes(stack.home().serverLog())));
    try (var files = Files.list(stack.home().path("state"))) {
      for (var file : files.toList()) {
        found.addAll(traces.in(Files.readAllBytes(file)));
      }
    }
    expect(found.isEmpty(), "found: " + found);
  }

  private static void nothing(Set<String> found) {
    expect(found.remove(THERE), "not found, though it must be there: " + THERE);
    expect(found.isEmpty(), "found: " + found);
  }

  private List<KnownCard> cards() {
    return customers.stream().map(KnownCard::of).toList();
  }

  private static List<Answer> answers(List<KnownCard> cards) {
    return cards.stream().flatMap(card -> card.answers().stream()).toList();
  }

  private static Traces traces(List<KnownCard> cards, List<Answer> answers) {
    var traces = new Traces();
    traces.text(THERE, "karuta answer v1");
    cards.forEach(card -> card.layoutTo(traces));
    answers.forEach(
        answer -> traces.answer(answer.name(), answer.bytes().toByteArray(), answer.cells()));
    return traces;
  }
}
