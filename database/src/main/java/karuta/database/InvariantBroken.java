package karuta.database;

/// What is stored, or what was done to it, contradicts a rule of this program: a defect, or somebody's hand in the
/// database. The transaction it is thrown in changes nothing.
public final class InvariantBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param rule what does not hold; for the log, and never with data in it
  public InvariantBroken(String rule) {
    super(rule);
  }

  /// @param rule what does not hold
  /// @param cause what met it
  public InvariantBroken(String rule, RuntimeException cause) {
    super(rule, cause);
  }
}
