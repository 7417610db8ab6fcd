package karuta.server.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import karuta.database.DatabaseUnavailable;
import karuta.guard.client.GuardUnavailable;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import karuta.server.metrics.Meters;
import org.jspecify.annotations.Nullable;

/// Whether this server can serve: its parts (guard, store) are really asked, each time somebody wants to know, but
/// never twice at once.
///
/// A probe that finds a question under way gets that question's answer. A part that does not answer in time is not
/// there, and is not asked again before it has: a call that hangs holds one thread, not one more for each probe. A
/// server is not ready before it listens, nor while it is being shut down, whatever its parts say.
public final class Readiness {
  /// Asks one part for a sign of life; throws if it gives none.
  @FunctionalInterface
  public interface Probe {
    /// Blocks until the part has answered.
    ///
    /// @return what it cannot do although it is there, in the program's words; empty if it can do all
    String ask() throws Exception;
  }

  /// Where the server is in its life. Only one that serves can be ready, whatever its parts say.
  public enum Phase {
    STARTING,
    SERVING,
    ENDING
  }

  /// What a probe of everything found.
  ///
  /// @param parts each part's name and whether it answered
  /// @param reasons why not, for the parts that did not
  /// @param degraded what parts cannot do that did; it makes nobody unready
  public record Report(
      boolean ready,
      Phase phase,
      Map<String, Boolean> parts,
      Map<String, String> reasons,
      Map<String, String> degraded) {}

  /// A part's answer.
  ///
  /// @param reason why it is not there, or what it cannot do; empty if all is well
  private record Answer(boolean up, String reason) {
    static final Answer LATE = new Answer(false, "no answer in time");
  }

  private final Map<String, Probe> probes;
  private final Map<String, AtomicInteger> states;
  private final AtomicInteger ready;
  private final Duration patience;
  private final LimitedLog log;
  private final AtomicReference<@Nullable CompletableFuture<Report>> underWay =
      new AtomicReference<>();
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.STARTING;

  /// Knows the parts; asks nobody yet.
  ///
  /// @param probes the parts by name
  /// @param patience how long a part may take to answer
  /// @param log told of each part that is down, as often as anybody asks
  public Readiness(Map<String, Probe> probes, Meters meters, Duration patience, LimitedLog log) {
    this.probes = new java.util.TreeMap<>(probes);
    this.states = new java.util.TreeMap<>();
    probes.keySet().forEach(part -> states.put(part, meters.state(part)));
    this.ready = meters.state("ready");
    this.patience = patience;
    this.log = log;
  }

  /// From now on the server is ready when its parts are: whoever calls it is answered.
  public void serve() {
    phase = Phase.SERVING;
  }

  /// From now on the server is not ready.
  public void drain() {
    phase = Phase.ENDING;
    ready.set(0);
  }

  /// Asks every part. Never blocks, never fails.
  public CompletableFuture<Report> ask() {
    var mine = new CompletableFuture<Report>();
    var other = underWay.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    try {
      Thread.ofPlatform().name("karuta-probe").daemon(true).start(() -> answer(mine));
    } catch (Throwable noThread) {
      failed(mine, noThread);
    }
    return mine;
  }

  private void answer(CompletableFuture<Report> mine) {
    try {
      log.flush();
      mine.complete(probe(mine));
    } catch (Throwable failure) {
      failed(mine, failure);
    }
  }

  /// A process that cannot even look is not ready; the next one who asks has it look again.
  private void failed(CompletableFuture<Report> mine, Throwable failure) {
    ready.set(0);
    underWay.compareAndSet(mine, null);
    log.line("asking", () -> "the parts cannot be asked: " + StackSummary.line(failure));
    mine.complete(
        new Report(false, phase, Map.of(), Map.of("server", "cannot ask its parts"), Map.of()));
  }

  private Report probe(CompletableFuture<Report> mine) {
    var parts = new java.util.TreeMap<String, Boolean>();
    var reasons = new java.util.TreeMap<String, String>();
    var degraded = new java.util.TreeMap<String, String>();
    var asked = new java.util.TreeMap<String, CompletableFuture<Answer>>();
    probes.forEach((part, probe) -> asked.put(part, start(part, probe)));
    asked.forEach(
        (part, asking) -> {
          var answer = asking.join();
          parts.put(part, answer.up());
          if (!answer.reason().isEmpty()) {
            (answer.up() ? degraded : reasons).put(part, answer.reason());
          }
        });
    var now = phase;
    var all = now == Phase.SERVING && reasons.isEmpty();
    ready.set(all ? 1 : 0);
    underWay.compareAndSet(mine, null);
    return new Report(all, now, Map.copyOf(parts), Map.copyOf(reasons), Map.copyOf(degraded));
  }

  private CompletableFuture<Answer> start(String part, Probe probe) {
    return answers
        .compute(part, (_, last) -> last == null || last.isDone() ? asking(part, probe) : last)
        .copy()
        .completeOnTimeout(Answer.LATE, patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (answer, _) -> {
              var state = states.get(part);
              if (state != null) {
                state.set(answer != null && answer.up() ? 1 : 0);
              }
            });
  }

  private CompletableFuture<Answer> asking(String part, Probe probe) {
    var answer = new CompletableFuture<Answer>();
    Thread.ofPlatform()
        .name("karuta-probe-" + part)
        .daemon(true)
        .start(
            () -> {
              try {
                var cannot = probe.ask();
                if (!cannot.isEmpty()) {
                  log.line(part, () -> "part=%s degraded: %s".formatted(part, cannot));
                }
                answer.complete(new Answer(true, cannot));
              } catch (Throwable failure) {
                var reason = reason(failure);
                log.line(
                    part,
                    () ->
                        "part=%s down: %s: %s".formatted(part, reason, StackSummary.line(failure)));
                answer.complete(new Answer(false, reason));
              }
            });
    return answer;
  }

  /// The words of our own exceptions are the program's, with names of keys and settings in them; those of all others
  /// may be anybody's.
  private static String reason(Throwable failure) {
    return switch (failure) {
      case GuardUnavailable guard -> String.valueOf(guard.getMessage());
      case DatabaseUnavailable store -> String.valueOf(store.getMessage());
      case StoreProbe.WrongClock clock -> String.valueOf(clock.getMessage());
      default -> "does not answer";
    };
  }
}
