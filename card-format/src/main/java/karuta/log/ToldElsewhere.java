package karuta.log;

/// A failure that the code which throws it has already counted and logged, with a limit. What a library logs about it
/// is dropped, because a stranger could fill the disk with it. Carries no stack trace: it is an expected outcome, not a
/// fault.
public abstract class ToldElsewhere extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected ToldElsewhere(String message) {
    super(message, null, false, false);
  }
}
