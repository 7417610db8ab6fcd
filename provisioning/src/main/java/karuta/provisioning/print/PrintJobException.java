package karuta.provisioning.print;

import java.io.IOException;

/// A print job cannot be used, or not made for this bureau. Nothing of it may be printed.
public final class PrintJobException extends IOException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  public PrintJobException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public PrintJobException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /// What is wrong with a print job.
  public enum Reason {
    /// The certificate is no use for encrypting to, or the key does not fit it.
    UNUSABLE_KEY,
    /// The job is encrypted to somebody else.
    NOT_FOR_THIS_KEY,
    /// The file is no print job, was cut short, changed, or contradicts itself.
    DAMAGED,
    /// The job was not signed by the pinned key.
    WRONG_SIGNER,
    /// The job is past the day until which it may be printed.
    EXPIRED
  }
}
