package karuta.provisioning.cli;

import java.io.IOException;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How something in a token is destroyed: it must be there, and the custodian types its sentence.
final class Destruction {
  @Option(
      names = "--confirm",
      paramLabel = "TEXT",
      description = "the sentence, where nobody can type it")
  private Optional<String> confirm;

  @Mixin private DryRun dryRun;

  void of(ToDestroy it, Context context, Plan.Deed destroying) throws IOException {
    var token = it.open().token().name();
    if (!it.isThere()) {
      throw CommandFailed.usage(
          "token %s has no %s; nothing was destroyed".formatted(token, it.named()));
    }
    var plan =
        Plan.empty()
            .then(
                () -> {
                  destroying.run();
                  context.say("destroyed %s in token %s", it.label(), token);
                },
                it.action());
    dryRun.settle(plan, approved -> require(it, approved, context), context.out());
  }

  private void require(ToDestroy it, Plan plan, Context context) {
    context.note("%s in token %s will be gone for ever", it.label(), it.open().token().name());
    it.consequences().forEach(consequence -> context.note("%s", consequence));
    context.note("plan %s", plan.digest());
    var sentence = it.sentence();
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
  }
}
