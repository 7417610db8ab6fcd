package karuta.server.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import karuta.server.log.StackSummary;
import karuta.server.metrics.Meters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this server can serve: its parts (token, store) are really asked, each time somebody wants to know, but never twice at once.
///
/// A probe that finds a question under way gets that question's answer. A part that does not answer in time is not there, and is not asked
/// again before it has: a call that hangs holds one thread, not one more for each probe. A server being shut down is not ready, whatever its
/// parts say.
public final class Readiness {
  /// Asks one part for a sign of life; throws if it gives none.
  @FunctionalInterface
  public interface Probe {
    /// Blocks until the part has answered.
    void ask() throws Exception;
  }

  /// What a probe of everything found.
  ///
  /// @param parts each part's name and whether it answered
  public record Report(boolean ready, boolean draining, Map<String, Boolean> parts) {}

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final Map<String, Probe> probes;
  private final Map<String, AtomicInteger> states;
  private final AtomicInteger ready;
  private final Duration patience;
  private final AtomicReference<@Nullable CompletableFuture<Report>> underWay =
      new AtomicReference<>();
  private final Map<String, CompletableFuture<Boolean>> answers = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /// Knows the parts; asks nobody yet.
  ///
  /// @param probes the parts by name
  /// @param patience how long a part may take to answer
  public Readiness(Map<String, Probe> probes, Meters meters, Duration patience) {
    this.probes = new java.util.TreeMap<>(probes);
    this.states = new java.util.TreeMap<>();
    probes.keySet().forEach(part -> states.put(part, meters.state(part)));
    this.ready = meters.state("ready");
    this.patience = patience;
  }

  /// From now on the server is not ready.
  public void drain() {
    draining = true;
    ready.set(0);
  }

  /// Asks every part. Never blocks, never fails.
  public CompletableFuture<Report> ask() {
    var mine = new CompletableFuture<Report>();
    var other = underWay.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    Thread.ofPlatform().name("karuta-probe").daemon(true).start(() -> mine.complete(probe(mine)));
    return mine;
  }

  private Report probe(CompletableFuture<Report> mine) {
    var parts = new java.util.TreeMap<String, Boolean>();
    var asked = new java.util.TreeMap<String, CompletableFuture<Boolean>>();
    probes.forEach((part, probe) -> asked.put(part, start(part, probe)));
    asked.forEach((part, answer) -> parts.put(part, answer.join()));
    var all = !draining && parts.values().stream().allMatch(up -> up);
    ready.set(all ? 1 : 0);
    underWay.compareAndSet(mine, null);
    return new Report(all, draining, Map.copyOf(parts));
  }

  private CompletableFuture<Boolean> start(String part, Probe probe) {
    return answers
        .compute(part, (_, last) -> last == null || last.isDone() ? asking(part, probe) : last)
        .copy()
        .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (up, _) -> {
              var state = states.get(part);
              if (state != null) {
                state.set(Boolean.TRUE.equals(up) ? 1 : 0);
              }
            });
  }

  private static CompletableFuture<Boolean> asking(String part, Probe probe) {
    var answer = new CompletableFuture<Boolean>();
    Thread.ofPlatform()
        .name("karuta-probe-" + part)
        .daemon(true)
        .start(
            () -> {
              try {
                probe.ask();
                answer.complete(true);
              } catch (Throwable failure) {
                LOG.warn("part={} does not answer: {}", part, StackSummary.line(failure));
                answer.complete(false);
              }
            });
    return answer;
  }
}
