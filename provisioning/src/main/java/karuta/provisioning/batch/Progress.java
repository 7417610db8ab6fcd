package karuta.provisioning.batch;

/// Is told how far a batch has come.
@FunctionalInterface
public interface Progress {
  /// Called for every card; what to show, and how often, is the listener's to say.
  ///
  /// @param step such as `making cards`
  void at(String step, long done, long of);
}
