package karuta.benchmarks;

import java.time.Duration;
import java.util.List;
import karuta.benchmarks.load.Protocol;

/// How everything in a run is measured.
///
/// @param callers at once, where callers wait for each other
/// @param wrong which part of the answers is wrong, 0 to 1
/// @param rounds of which the middle one counts
/// @param time of one measurement
record Setting(List<Protocol> protocols, int callers, double wrong, int rounds, Duration time) {
  /// Until the JVM has compiled what is called often.
  Duration warmUp() {
    return time.multipliedBy(2);
  }
}
