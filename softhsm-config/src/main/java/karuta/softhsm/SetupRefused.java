package karuta.softhsm;

import karuta.command.CommandFailed;
import karuta.command.ExitCode;

/// Something already stands where a token or a PKI should be made, or what stands there is not whole. The message names
/// the path and the next step; nothing was changed.
public final class SetupRefused extends CommandFailed {
  private static final long serialVersionUID = 1L;

  SetupRefused(String message) {
    super(ExitCode.REFUSED, message, null);
  }
}
