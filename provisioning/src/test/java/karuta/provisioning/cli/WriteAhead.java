package karuta.provisioning.cli;

import karuta.token.key.JournalHeads;
import karuta.token.key.Remembered;

/// Lets a token remember how far a guard may have written, as the guard does before it writes.
final class WriteAhead {
  private WriteAhead() {}

  /// Begins.
  ///
  /// @param arguments `--token`, a token file, a guard's name, a number
  public static void main(String[] arguments) {
    TokenOfFile.use(
        arguments,
        token ->
            new JournalHeads(token)
                .advance(arguments[2], new Remembered(Long.parseLong(arguments[3]), "")));
  }
}
