package karuta.softhsm;

/// Something already stands where a token or a PKI should be made, or what stands there is not whole. The message names
/// the path and the next step; nothing was changed.
public final class SetupRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetupRefused(String message) {
    super(message);
  }
}
