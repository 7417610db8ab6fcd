package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeSet;
import karuta.approval.ApprovalRequest;
import karuta.approval.RequestDigest;
import karuta.command.CommandFailed;
import karuta.command.Counted;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.token.KeyPolicyViolation;
import karuta.token.key.ApprovedRequests;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.JournalHeads;
import karuta.token.key.KeyAudit;
import karuta.token.key.Remembered;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta keys`: all keys of a token, and what it remembers besides.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Holds every key of a token against the policy; forgets a guard.")
final class KeysCommands extends Group {
  private final Context context;

  KeysCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "audit",
      header = "Compares keys and attributes with what they should be.",
      mixinStandardHelpOptions = true,
      description = {
        "Compares the keys a token should hold with those it holds, both ways, and every",
        "attribute of each with the policy for the token's role. Each finding is a line;",
        "any finding makes the exit code 1. Finished epochs, how far guards may have",
        "written, and number and digest of the last approved request are listed besides."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta keys audit --token issuer/token.toml \\",
        "    --expect issuer-1,book-2026a,layout-2026-01"
      })
  void audit(
      @Mixin TokenOption token,
      @Option(
              names = "--expect",
              required = true,
              split = ",",
              paramLabel = "LABEL",
              description = "the labels of the keys that should be there, with commas")
          String[] expect) {
    var expected = new TreeSet<>(Arrays.asList(expect));
    try (var open = token.open(context)) {
      var findings = new ArrayList<>(KeyAudit.of(open.token(), open.role(), expected));
      findings.addAll(new ApprovedRequests(open.token()).findings());
      new FinishedEpochs(open.token())
          .all()
          .forEach(epoch -> context.say("epoch %s is finished", epoch));
      var heads = new JournalHeads(open.token());
      heads.all().forEach(guard -> context.say("%s", HeadToDestroy.told(heads, guard)));
      context.say("%s", lastRequest(open));
      findings.forEach(finding -> context.say("%s", finding));
      if (!findings.isEmpty()) {
        throw CommandFailed.refused(
            Counted.of(findings.size(), "finding")
                + "; do not use this token before all is understood");
      }
      context.say(
          "%s on token %s, all as they should be",
          Counted.of(expected.size(), "key"), open.token().name());
    }
  }

  /// In words, also where it cannot be read: that is a finding, and no reason to say none of the others.
  private static String lastRequest(OpenToken open) {
    try {
      return new ApprovedRequests(open.token())
          .last()
          .map(KeysCommands::told)
          .orElse("no approved request was carried out");
    } catch (KeyPolicyViolation e) {
      return "which approved request was carried out last cannot be read";
    }
  }

  /// With the digest as `karuta custodian approve` shows it, so that it can be held against the request that was kept.
  private static String told(Remembered last) {
    if (last.hash().isEmpty()) {
      return "request number %d was withdrawn".formatted(last.sequence());
    }
    var digest = HexFormat.of().formatHex(Base64.getUrlDecoder().decode(last.hash()));
    return "request number %d was carried out last, digest %s"
        .formatted(last.sequence(), new RequestDigest(digest).groups());
  }

  @Command(
      name = "withdraw-request",
      header = "Makes a token refuse a request that is approved, or may be.",
      mixinStandardHelpOptions = true,
      description = {
        "Spends the number of a request that was written with --new-request: whatever was",
        "or will be approved of it is worth nothing from then on. So is every other",
        "request to this token that is open, because all have the same number, the next",
        "one. Nothing is destroyed, so nobody has to approve it.",
        ""
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta keys withdraw-request --token verifier/token.toml \\",
        "    --request 2026a.destroy"
      })
  void withdraw(
      @Mixin TokenOption token,
      @Option(
              names = "--request",
              required = true,
              paramLabel = "FILE",
              description = "what --new-request wrote")
          Path request,
      @Mixin DryRun dryRun)
      throws IOException {
    var read = ApprovalRequest.read(request);
    try (var open = token.open(context)) {
      var requests = new ApprovedRequests(open.token());
      requireOpen(read, requests, open);
      var name = open.token().name();
      var plan =
          Plan.empty()
              .then(
                  () -> {
                    requests.remember(new Remembered(read.number(), ""));
                    context.say("request number %d is withdrawn in token %s", read.number(), name);
                  },
                  new Action.WithdrawRequest(name, read.number()));
      dryRun.settle(plan, context.out());
    }
  }

  private static void requireOpen(ApprovalRequest read, ApprovedRequests requests, OpenToken open) {
    var addressee = CustodianApproval.addressee(open);
    if (!read.addressee().equals(addressee)) {
      throw CommandFailed.refused(
          "the request is for %s, and this is %s".formatted(read.addressee(), addressee));
    }
    var next = requests.last().map(Remembered::sequence).orElse(0L) + 1;
    if (read.number() != next) {
      throw CommandFailed.refused(
          "the request has number %d, and the next is %d: it is worth nothing on this token as it is"
              .formatted(read.number(), next));
    }
  }

  @Command(
      name = "forget-guard",
      header = "Makes a token forget a guard that is gone.",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a verifier token forget how far a guard may have written its journal, for",
        "ever. As long as it remembers, no guard of that name can begin with a journal",
        "that is older, or empty. For a guard that is gone; one that is made anew has a",
        "new name. You are asked to type: forget guard NAME",
        "",
        Destruction.APPROVED
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta keys forget-guard --token verifier/token.toml --guard tokyo-1")
  void forgetGuard(
      @Mixin TokenOption token,
      @Option(names = "--guard", required = true, paramLabel = "NAME", description = "its name")
          String guard,
      @Mixin Destruction destruction)
      throws IOException {
    JournalHeads.label(guard);
    try (var open = token.open(context)) {
      var heads = new JournalHeads(open.verifier().token());
      destruction.of(new HeadToDestroy(open, heads, guard), context, () -> heads.forget(guard));
    }
  }
}
