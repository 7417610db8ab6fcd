package karuta.provisioning.cli;

import java.util.Optional;
import java.util.function.Consumer;
import karuta.command.CommandFailed;
import picocli.CommandLine.Option;

/// How a key is destroyed: the custodian types a sentence that names it, so that a habit cannot type it.
final class Destruction {
  @Option(
      names = "--confirm",
      paramLabel = "TEXT",
      description = "the sentence, where nobody can type it")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Optional<String> confirm;

  @Option(names = "--dry-run", description = "say what would be destroyed, destroy nothing")
  boolean dryRun;

  /// Goes on only if `destroy <key>` was typed.
  void of(String key, TokenOption token, Context context, Consumer<OpenToken> destroying) {
    var file = token.read();
    if (dryRun) {
      context.say("would destroy the key %s in token %s, for ever", key, file.name());
      return;
    }
    var sentence = "destroy " + key;
    context.note("%s in token %s will be gone for ever", key, file.name());
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
    try (var open = OpenToken.open(file, context)) {
      destroying.accept(open);
      context.say("destroyed %s in token %s", key, open.token().name());
    }
  }
}
