package karuta.softhsm;

/// SoftHSM is not installed in any of the usual places. The message lists what was tried and what to install.
public final class SoftHsmMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SoftHsmMissing(String message) {
    super(message);
  }
}
