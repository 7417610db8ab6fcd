package karuta.provisioning.cli;

import java.io.IOException;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How a key is destroyed: it must be there, and the custodian types its sentence.
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

  void of(KeyToDestroy key, Context context, Plan.Deed destroying) throws IOException {
    var token = key.open().token().name();
    if (!key.open().has(key.policy(), key.label())) {
      throw CommandFailed.usage(
          "token %s has no key %s; nothing was destroyed".formatted(token, key.label()));
    }
    var plan =
        Plan.empty()
            .then(
                () -> {
                  destroying.run();
                  context.say("destroyed %s in token %s", key.label(), token);
                },
                new Action.DestroyKey(token, key.label(), key.consequences()));
    dryRun.settle(plan, approved -> require(key, approved, context), context.out());
  }

  private void require(KeyToDestroy key, Plan plan, Context context) {
    context.note("%s in token %s will be gone for ever", key.label(), key.open().token().name());
    key.consequences().forEach(consequence -> context.note("%s", consequence));
    context.note("plan %s", plan.digest());
    var sentence = key.sentence();
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
  }
}
