package karuta.softhsm;

import karuta.command.CommandFailed;
import karuta.command.ExitCode;

/// SoftHSM is not installed in any of the usual places. The message lists what was tried and what to install.
public final class SoftHsmMissing extends CommandFailed {
  private static final long serialVersionUID = 1L;

  SoftHsmMissing(String message) {
    super(ExitCode.USAGE, message, null);
  }
}
