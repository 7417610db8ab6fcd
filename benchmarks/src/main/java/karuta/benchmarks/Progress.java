package karuta.benchmarks;

/// What is told while a measurement goes on.
@FunctionalInterface
interface Progress {
  void say(String what);
}
