package karuta.benchmarks;

import io.vertx.core.Vertx;
import java.sql.SQLException;
import karuta.benchmarks.floor.DatabaseLoop;
import karuta.benchmarks.load.DeckCards;
import karuta.benchmarks.load.Latencies;
import karuta.benchmarks.load.OpenLoop;
import karuta.benchmarks.load.Protocol;
import karuta.benchmarks.report.Report;
import karuta.benchmarks.stack.MeasuredStack;
import karuta.benchmarks.stack.StoreKind;
import org.HdrHistogram.Histogram;

/// How long customers wait who come at a constant rate: half of what is possible, and twice of it.
final class Pace {
  private static final double MILLIS = 1_000;

  private final StoreKind kind;
  private final MeasuredStack stack;
  private final Setting setting;
  private final Report report;
  private final Progress progress;

  Pace(StoreKind kind, MeasuredStack stack, Setting setting, Report report, Progress progress) {
    this.kind = kind;
    this.stack = stack;
    this.setting = setting;
    this.report = report;
    this.progress = progress;
  }

  /// Measures; the rates that are possible are in the report.
  void measure(Vertx vertx) throws SQLException {
    for (var round = 1; round <= setting.rounds(); round++) {
      progress.say("waits, round %d of %d".formatted(round, setting.rounds()));
      percentiles(
          kind.label() + " / least statements of an answer",
          DatabaseLoop.run(stack, 1, setting.time()).latencies().answers());
      for (var protocol : setting.protocols()) {
        var possible =
            report.figure(Throughput.name(kind, protocol, "rate")).orElseThrow().median();
        var half = offered(vertx, protocol, possible / 2);
        percentiles(Throughput.name(kind, protocol, "half the rate, question"), half.questions());
        percentiles(Throughput.name(kind, protocol, "half the rate, answer"), half.answers());
        var twice = offered(vertx, protocol, possible * 2);
        percentiles(Throughput.name(kind, protocol, "twice the rate, answer"), twice.answers());
        if (twice.refusals().getTotalCount() > 0) {
          percentiles(Throughput.name(kind, protocol, "twice the rate, refusal"), twice.refusals());
        }
      }
    }
  }

  private Latencies offered(Vertx vertx, Protocol protocol, double rate) {
    var cards = new DeckCards(stack.deck());
    return new OpenLoop(protocol, stack.frontEnd(), cards, setting.wrong(), rate)
        .run(vertx, setting.time())
        .latencies();
  }

  private void percentiles(String name, Histogram histogram) {
    report.add(name + ", p50", "ms", histogram.getValueAtPercentile(50) / MILLIS);
    report.add(name + ", p99", "ms", histogram.getValueAtPercentile(99) / MILLIS);
  }
}
