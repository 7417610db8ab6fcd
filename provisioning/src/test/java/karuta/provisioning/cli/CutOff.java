package karuta.provisioning.cli;

import karuta.token.key.KeyPolicy;

/// Destroys the private half of a signing key and nothing else, as a process that was killed while it destroyed all.
final class CutOff {
  private CutOff() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, the key's label
  public static void main(String[] arguments) {
    TokenOfFile.use(
        arguments,
        token ->
            token.alone(
                lease -> {
                  lease.destroy(KeyPolicy.ofPair(arguments[2]).orElseThrow().ref(arguments[2]));
                  return arguments;
                }));
  }
}
