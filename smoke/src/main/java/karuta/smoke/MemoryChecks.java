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
import karuta.demo.process.Child;
import karuta.smoke.memory.HeapDump;
import karuta.smoke.memory.HeapDump.Scope;
import karuta.smoke.memory.ProcessMemory;
import karuta.smoke.memory.Traces;

/// The first promise: no layout is ever in the memory of server or guard, nor any answer that no customer has just
/// sent. And the ninth: the server's memory has no PIN, no reference to a key, and no token's library.
///
/// Customers answer without pause while both heaps are collected at any moment and then dumped, garbage included; when
/// they have stopped, all memory of both is read. Both are searched for all that this program, which has the cards,
/// knows of them: layouts, answers as the bytes under a tag, sent or not, and the PIN. The same search of this program
/// finds it all: that is the control. What is not searched for is what is not promised: the choices in a request, which
/// say nothing without its question.
final class MemoryChecks {
  private static final int COLLECTIONS = 8;

  /// A process, and what stands in its memory for certain.
  private record Searched(String name, Child process, String there) {
    long pid() {
      return process.pid();
    }
  }

  private final List<Customer> customers;
  private final WholeStack stack;
  private final RawHttp management;
  private final KnownSecrets known;

  /// @param management the way to the server's metrics
  MemoryChecks(List<Customer> customers, WholeStack stack, RawHttp management) {
    this.customers = customers;
    this.stack = stack;
    this.management = management;
    this.known = new KnownSecrets(customers, stack.home().verifier().resolve("pin"));
  }

  void run(Tally tally) {
    tally.check("the search finds the cards where they are: in this program", this::control);
    tally.check(
        "under load and collections, no layout, answer or PIN is in the heap of server or guard, garbage included",
        this::underLoad);
    tally.check("nor does any stand in what they write: logs, metrics, databases", this::written);
    for (var searched : both()) {
      var claim = "nor does any stand in the rest of the %s's memory".formatted(searched.name());
      var memory = new ProcessMemory(searched.pid());
      if (memory.isShown()) {
        tally.check(claim, () -> nothing(searched, memory.find(everything(searched))));
      } else {
        tally.leave(claim, "this system does not show one process another's memory");
      }
    }
  }

  private List<Searched> both() {
    return List.of(
        new Searched("server", stack.server().process(), "karuta transaction v1"),
        new Searched("guard", stack.guard().process(), "karuta answer v1"));
  }

  private void control() throws Exception {
    var cards = known.cards();
    var held = KnownSecrets.answers(cards);
    // Older than the patterns, so that it does not find those.
    try (var dump = dump(ProcessHandle.current().pid(), Scope.REACHABLE)) {
      var missing = new TreeSet<String>();
      held.forEach(answer -> missing.add(answer.name()));
      cards.forEach(card -> missing.add(Traces.window(card.name(), 0)));
      missing.removeAll(dump.find(KnownSecrets.traces(cards, held)));
      expect(missing.isEmpty(), "not found: " + missing);
    }
  }

  private void underLoad() throws Exception {
    try (var load = new Load(customers)) {
      for (var i = 0; i < COLLECTIONS; i++) {
        load.awaitRounds(4);
        for (var searched : both()) {
          HeapDump.collect(searched.pid());
        }
      }
      for (var searched : both()) {
        try (var dump = dump(searched.pid(), Scope.EVERYTHING)) {
          load.awaitRounds(1);
          nothing(searched, dump.find(everything(searched)));
        }
      }
      load.stop();
    }
  }

  private HeapDump dump(long process, Scope scope) throws IOException, InterruptedException {
    return HeapDump.of(process, stack.home().directory(), scope);
  }

  private Traces everything(Searched searched) throws IOException {
    var traces = known.everything();
    traces.text(searched.name(), searched.there());
    if (searched.name().equals("server")) {
      traces.text("a key of the token", "receipt-1");
      traces.text("the token's library", "libsofthsm2");
    }
    return traces;
  }

  private void written() throws Exception {
    var traces = known.everything();
    var found =
        new TreeSet<String>(
            traces.in(management.text("/metrics").getBytes(StandardCharsets.UTF_8)));
    found.addAll(traces.in(Files.readAllBytes(stack.home().serverLog())));
    found.addAll(traces.in(Files.readAllBytes(stack.home().guardLog())));
    try (var files = Files.list(stack.home().path("state"))) {
      for (var file : files.toList()) {
        found.addAll(traces.in(Files.readAllBytes(file)));
      }
    }
    expect(found.isEmpty(), "found: " + found);
  }

  /// What stands there for certain is the control: a search that does not find it finds nothing else either.
  private static void nothing(Searched searched, Set<String> found) {
    expect(
        found.remove(searched.name()), "not found, though it must be there: " + searched.there());
    expect(found.isEmpty(), "found in the " + searched.name() + ": " + found);
  }
}
