package karuta.provisioning.cli;

import java.io.IOException;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.token.key.KeyPolicy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a key is destroyed: the custodian types a sentence that names it, so that a habit cannot type it.
final class Destruction {
  @Option(
      names = "--confirm",
      paramLabel = "TEXT",
      description = "the sentence, where nobody can type it")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private Optional<String> confirm;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private DryRun dryRun;

  /// Goes on only if the key is there and `destroy <key>` was typed.
  ///
  /// @throws karuta.token.KeyNotFound if there is no such key
  void of(KeyPolicy policy, String key, OpenToken open, Context context, Plan.Deed destroying)
      throws IOException {
    var token = open.token().name();
    open.require(policy, key);
    var plan =
        Plan.empty()
            .then(
                () -> {
                  destroying.run();
                  context.say("destroyed %s in token %s", key, token);
                },
                new Action.DestroyKey(token, key));
    dryRun.settle(
        plan,
        approved -> {
          context.note("%s in token %s will be gone for ever", key, token);
          context.note("plan %s", approved.digest());
          requireTyped("destroy " + key, context);
        },
        context.out());
  }

  private void requireTyped(String sentence, Context context) {
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
  }
}
