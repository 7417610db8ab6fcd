package karuta.provisioning.cli;

import karuta.card.BatchId;
import karuta.command.CommandFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta layout-key`: the key all layouts of one batch come from.
@Command(
    name = "layout-key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "make or destroy the key a batch's layouts come from")
final class LayoutKeyCommands extends Group {
  private final Context context;

  LayoutKeyCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "make the key layout-BATCH in the issuer token; it never leaves it",
      footerHeading = "%nExample:%n",
      footer = "  karuta layout-key create --token issuer/token.toml --batch 2026-01")
  void create(
      @Mixin TokenOption token,
      @Option(names = "--batch", required = true, paramLabel = "BATCH", description = "its name")
          String batch,
      @Option(names = "--dry-run", description = "say what would be made, make nothing")
          boolean dryRun) {
    var id = new BatchId(batch);
    try (var open = token.open(context)) {
      if (open.issuer().hasLayoutKey(id)) {
        throw CommandFailed.refused(
            ("the token has the key layout-%s already; if batch %s was not made yet, go on with"
                    + " karuta batch issue; else name another batch")
                .formatted(id, id));
      }
      if (dryRun) {
        context.say("would make the key layout-%s in token %s", id, open.token().name());
        return;
      }
      open.issuer().makeLayoutKey(id);
      context.say("key layout-%s in token %s", id, open.token().name());
    }
  }

  @Command(
      name = "destroy",
      header = {"destroy a batch's layout key, for ever", ""},
      mixinStandardHelpOptions = true,
      description = {
        "destroy the key layout-BATCH, for ever. After that nobody can derive a layout",
        "of the batch again; its cards go on working. Do it when the bureau has reported",
        "the batch printed. You are asked to type: destroy layout-BATCH"
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta layout-key destroy --token issuer/token.toml --batch 2026-01")
  void destroy(
      @Mixin TokenOption token,
      @Option(names = "--batch", required = true, paramLabel = "BATCH", description = "its name")
          String batch,
      @Mixin Destruction destruction) {
    var id = new BatchId(batch);
    destruction.of("layout-" + id, token, context, open -> open.issuer().destroyLayoutKey(id));
  }
}
