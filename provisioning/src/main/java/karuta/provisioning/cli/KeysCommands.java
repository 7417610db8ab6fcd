package karuta.provisioning.cli;

import java.util.Arrays;
import java.util.TreeSet;
import karuta.command.CommandFailed;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.KeyAudit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta keys`: all keys of a token.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "hold every key of a token against the policy")
final class KeysCommands extends Group {
  private final Context context;

  KeysCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "audit",
      header = {"compare keys and attributes with what they should be", ""},
      mixinStandardHelpOptions = true,
      description = {
        "compare the keys a token should hold with those it holds, both ways, and every",
        "attribute of each with the policy for the token's role. Each finding is a line;",
        "any finding makes the exit code 1. Finished epochs are listed besides."
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
      var findings = KeyAudit.of(open.token(), open.role(), expected);
      new FinishedEpochs(open.token())
          .all()
          .forEach(epoch -> context.say("epoch %s is finished", epoch));
      findings.forEach(finding -> context.say("%s", finding));
      if (!findings.isEmpty()) {
        throw CommandFailed.refused(
            findings.size() + " findings; do not use this token before they are understood");
      }
      context.say(
          "%d keys on token %s, all as they should be", expected.size(), open.token().name());
    }
  }
}
