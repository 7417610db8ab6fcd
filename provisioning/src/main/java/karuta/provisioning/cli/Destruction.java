package karuta.provisioning.cli;

import java.io.IOException;
import java.util.Optional;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How something in a token is destroyed: it must be there, the token's custodians have approved it, and whoever gives
/// the command types its sentence.
///
/// A sentence may be typed an hour or a month after it was asked for, and others work on the token meanwhile. So all
/// that was looked at before the question is looked at anew when it is answered, directly before the deed.
final class Destruction {
  /// For the page of each command that destroys.
  static final String APPROVED =
      "The custodians whom the token file names approve it first: give the command with --new-request,"
          + " have each of them sign that, and give it again with --request and --approval."
          + " The runbook is docs/ceremonies/destruction.md.";

  @Option(
      names = "--confirm",
      paramLabel = "TEXT",
      description = "the sentence, where nobody can type it")
  private Optional<String> confirm;

  @Mixin private CustodianApproval approval;

  @Mixin private DryRun dryRun;

  void of(ToDestroy it, Context context, Plan.Deed destroying) throws IOException {
    approval.requireUse(confirm.isPresent());
    var token = it.open().token().name();
    var custodians = it.open().custodians();
    requireThere(it);
    Plan.Deed deed =
        () -> {
          destroying.run();
          context.say("destroyed %s in token %s", it.label(), token);
        };
    var plan = approval.plan(it, custodians, deed);
    if (approval.asksOnly()) {
      dryRun.settle(approval.writing(it, custodians, plan, context), context.out());
    } else {
      dryRun.settle(plan, approved -> require(it, custodians, approved, context), context.out());
      if (dryRun.asked() && approval.bringsRequest()) {
        approval.require(it, custodians, plan, context).forEach(line -> context.note("%s", line));
      }
    }
  }

  private static void requireThere(ToDestroy it) {
    it.requireFit();
    if (!it.isThere()) {
      throw CommandFailed.usage(
          "token %s has no %s; nothing was destroyed"
              .formatted(it.open().token().name(), it.named()));
    }
  }

  private void require(ToDestroy it, Custodians custodians, Plan plan, Context context)
      throws IOException {
    context.note("%s in token %s will be gone for ever", it.label(), it.open().token().name());
    it.consequences().forEach(consequence -> context.note("%s", consequence));
    context.note("plan %s", plan.digest());
    approval.require(it, custodians, plan, context).forEach(line -> context.note("%s", line));
    var sentence = it.sentence();
    var typed = confirm.orElseGet(() -> context.prompt().line("type '" + sentence + "': "));
    if (!typed.equals(sentence)) {
      throw CommandFailed.refused("that is not '" + sentence + "'; nothing was destroyed");
    }
    requireStill(it, custodians, plan, context);
  }

  private void requireStill(ToDestroy it, Custodians custodians, Plan plan, Context context)
      throws IOException {
    requireThere(it);
    var now = approval.plan(it, custodians, () -> {});
    approval.require(it, custodians, now, context);
    if (!now.digest().equals(plan.digest())) {
      throw CommandFailed.refused(
          "what would be done has changed since it was asked; nothing was destroyed, begin anew");
    }
  }
}
