package karuta.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// How long calls took, in microseconds; for any number of threads.
public final class Latencies {
  private static final long LONGEST = TimeUnit.MINUTES.toMicros(1);
  private static final int DIGITS = 3;

  private final Histogram questions = new ConcurrentHistogram(LONGEST, DIGITS);
  private final Histogram answers = new ConcurrentHistogram(LONGEST, DIGITS);
  private final Histogram refusals = new ConcurrentHistogram(LONGEST, DIGITS);

  void question(long nanos) {
    record(questions, nanos);
  }

  /// Records how long an answer took.
  public void answer(long nanos) {
    record(answers, nanos);
  }

  void refusal(long nanos) {
    record(refusals, nanos);
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST));
  }

  /// How many authentications are complete.
  public long count() {
    return answers.getTotalCount();
  }

  /// How long questions took.
  public Histogram questions() {
    return questions;
  }

  /// How long answers took.
  public Histogram answers() {
    return answers;
  }

  /// How long it took to be refused for the moment.
  public Histogram refusals() {
    return refusals;
  }
}
