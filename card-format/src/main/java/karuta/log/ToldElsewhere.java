package karuta.log;

/// A failure that is counted and told, with a limit, by whoever throws it to a library: what the library says of it is
/// left out of the log, because a stranger could fill the disk with it. Carries no stack trace: it is an outcome, not a
/// fault.
public abstract class ToldElsewhere extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected ToldElsewhere(String message) {
    super(message, null, false, false);
  }
}
