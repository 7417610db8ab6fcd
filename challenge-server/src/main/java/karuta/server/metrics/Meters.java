package karuta.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import karuta.database.InvariantBroken;
import karuta.server.lane.Lane;
import karuta.server.store.StoreBehind;
import karuta.server.watch.Observer;

/// What is counted and timed, under names that begin with `karuta_`. docs/operations.md says what each means and which
/// of them are alarms. No label has a value a caller could choose.
public final class Meters implements Observer {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry;
  private final Map<Event, Counter> events = new EnumMap<>(Event.class);
  private final AtomicInteger guessing = new AtomicInteger();
  private final AtomicLong clockAhead = new AtomicLong();
  private final AtomicInteger capped = new AtomicInteger();

  /// Registers what has a value from the start, so that an alarm can be written before the first event.
  public Meters(PrometheusMeterRegistry registry) {
    this.registry = registry;
    for (var event : Event.values()) {
      events.put(
          event,
          Counter.builder("karuta.events")
              .description("What happened to challenges and cards")
              .tag("event", event.name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .register(registry));
    }
    Gauge.builder("karuta.guessing.alarm", guessing, AtomicInteger::get)
        .description("1 while wrong answers come in on many accounts at once")
        .register(registry);
    Gauge.builder("karuta.capped.keys", capped, AtomicInteger::get)
        .description("Keys of the guard's token that are at a limit of the token's own")
        .register(registry);
    Gauge.builder("karuta.clock.ahead", clockAhead, millis -> millis.get() / 1e3)
        .description("How far this machine's clock is ahead of the store's")
        .baseUnit("seconds")
        .register(registry);
  }

  /// The registry, for the metrics page and for what Vert.x measures.
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void saw(Event event) {
    var counter = events.get(event);
    if (counter != null) {
      counter.increment();
    }
  }

  /// A request, or work the server does by itself, has failed. Counts what is a defect of its own kind, whoever met it.
  public void failed(Throwable failure) {
    switch (failure) {
      case InvariantBroken _ -> saw(Event.INVARIANT_BROKEN);
      case StoreBehind _ -> saw(Event.STORE_BEHIND);
      default -> {}
    }
  }

  @Override
  public void guessing(boolean raised) {
    guessing.set(raised ? 1 : 0);
  }

  /// A client of the configuration has called.
  ///
  /// @param code `ok` or a code of the closed list
  public void called(String client, String method, String code) {
    Counter.builder("karuta.client.requests")
        .description("Requests by client, method and end")
        .tag("client", client)
        .tag("method", method)
        .tag("code", code)
        .register(registry)
        .increment();
  }

  /// A request was answered, or refused.
  ///
  /// @param code `ok` or a code of the closed list
  public void request(String transport, String method, String code, long nanos) {
    timer(
            "karuta.requests",
            "Requests by method and end",
            "transport",
            transport,
            "method",
            method,
            "code",
            code)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// Counts TLS connections that did not come about.
  ///
  /// @param reason of a closed list; asked for at the start, so that an alarm can be written before the first
  public Counter handshakesRefused(String reason) {
    return Counter.builder("karuta.handshakes.refused")
        .description("TLS connections that did not come about")
        .tag("reason", reason)
        .register(registry);
  }

  /// Publishes how many connections there are.
  public void connections(Supplier<Number> count) {
    Gauge.builder("karuta.connections", count)
        .description("Connections of clients")
        .register(registry);
  }

  /// The guard was asked.
  ///
  /// @param operation `judge`, `recall`, `seal` or `look`
  /// @param end `ok` or `fault`
  public void guard(String operation, String end, long nanos) {
    timer("karuta.guard", "Calls to the guard", "operation", operation, "end", end)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// The guard has said how it stands.
  ///
  /// @param keys how many of its keys are at a limit that the token itself keeps
  public void capped(int keys) {
    capped.set(keys);
  }

  /// The store was asked for a sign of life.
  public void storeCheck(String end, long nanos) {
    timer("karuta.store.check", "Signs of life asked of the store", "end", end)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /// This machine's clock was held against the store's.
  public void clockAhead(Duration ahead) {
    clockAhead.set(ahead.toMillis());
  }

  /// Watches a lane.
  public void watch(Lane lane) {
    Gauge.builder("karuta.lane.waiting", lane, Lane::waiting)
        .description("Pieces of work that wait")
        .tag("lane", lane.name())
        .register(registry);
    Gauge.builder("karuta.lane.working", lane, Lane::working)
        .description("Pieces of work being done")
        .tag("lane", lane.name())
        .register(registry);
    FunctionCounter.builder("karuta.lane.refused", lane, Lane::refused)
        .description("Pieces of work refused because the lane was full")
        .tag("lane", lane.name())
        .register(registry);
    // from the start, so that an alarm can be written before the first
    dropped(lane.name());
  }

  /// Counts work that had waited on a lane and was not begun, because nobody waited for it any more.
  ///
  /// @param lane as {@link Lane#name}
  public Counter dropped(String lane) {
    return Counter.builder("karuta.lane.dropped")
        .description("Pieces of work not begun because nobody waited for them any more")
        .tag("lane", lane)
        .register(registry);
  }

  /// Publishes whether a part is there: 1 or 0.
  ///
  /// @param part `guard`, `store`, `clock` or `ready`
  public AtomicInteger state(String part) {
    var state = new AtomicInteger();
    Gauge.builder("karuta.up", state, AtomicInteger::get)
        .description("1 when the part answered the last time it was asked")
        .tag("part", part)
        .register(registry);
    return state;
  }

  private Timer timer(String name, String description, String... tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
