package karuta.provisioning.cli;

import karuta.cryptoki.ObjectClass;
import karuta.token.KeyRef;

/// Takes the mark of a finished epoch from a token, as if the process that agreed its key had been killed before it was
/// made.
final class Unmark {
  private Unmark() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, an epoch
  public static void main(String[] arguments) {
    TokenOfFile.use(
        arguments,
        token ->
            token.alone(
                lease -> {
                  lease.destroy(new KeyRef(ObjectClass.DATA, "finished-" + arguments[2]));
                  return arguments;
                }));
  }
}
