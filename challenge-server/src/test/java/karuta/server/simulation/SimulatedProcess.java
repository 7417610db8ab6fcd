package karuta.server.simulation;

/// A server or a guard, which can end at any step. What it held in memory is then gone, and what was under way in it
/// goes no further.
abstract class SimulatedProcess {
  private final String name;
  private boolean ended;

  SimulatedProcess(String name) {
    this.name = name;
  }

  /// The end of a process, on its way out of what was under way.
  static final class Ended extends Error {
    private static final long serialVersionUID = 1;

    private final transient SimulatedProcess process;

    private Ended(SimulatedProcess process) {
      super(process.name + " has ended", null, false, false);
      this.process = process;
    }

    boolean of(SimulatedProcess other) {
      return process.equals(other);
    }
  }

  final void end() {
    ended = true;
  }

  final boolean running() {
    return !ended;
  }

  /// Goes no further if the process has ended meanwhile.
  final void goOn() {
    if (ended) {
      throw new Ended(this);
    }
  }

  @Override
  public final String toString() {
    return name;
  }
}
