package karuta.provisioning.cli;

import java.util.Optional;
import karuta.command.CommandFailed;
import picocli.CommandLine.Option;

/// The sentence a custodian types before something is destroyed: it names the thing, so that a habit cannot type it.
final class Sentence {
  @Option(
      names = "--confirm",
      paramLabel = "TEXT",
      description = "the sentence, where nobody can type it")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Optional<String> confirm;

  /// Goes on only if `destroy <key>` was typed.
  void demand(String key, TokenFile file, Context context) {
    var sentence = "destroy " + key;
    context.note("%s in token %s will be gone for ever", key, file.name());
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
  }
}
