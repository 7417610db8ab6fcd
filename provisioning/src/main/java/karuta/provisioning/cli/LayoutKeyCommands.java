package karuta.provisioning.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import karuta.card.BatchId;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.token.key.KeyPolicy;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta layout-key`: the key all layouts of one batch come from.
@Command(
    name = "layout-key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes or destroys the key a batch's layouts come from.")
final class LayoutKeyCommands extends Group {
  /// No backup may undo it: it is done so that nobody can derive the layouts again.
  static final String BACKUPS =
      "a backup of the token that has this key gives it back; it is gone when those backups are destroyed too";

  private final Context context;

  LayoutKeyCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes the key layout-BATCH in the issuer token; it never leaves it.",
      footerHeading = "%nExample:%n",
      footer = "  karuta layout-key create --token issuer/token.toml --batch 2026-01")
  void create(
      @Mixin TokenOption token,
      @Option(names = "--batch", required = true, paramLabel = "BATCH", description = "its name")
          String batch,
      @Mixin DryRun dryRun)
      throws IOException {
    var id = new BatchId(batch);
    try (var open = token.open(context)) {
      var issuer = open.issuer();
      if (issuer.hasLayoutKey(id)) {
        throw CommandFailed.refused(
            ("the token has the key layout-%s already; if batch %s was not made yet, go on with"
                    + " karuta batch issue; else name another batch")
                .formatted(id, id));
      }
      var label = KeyPolicy.LAYOUT.label(id.value());
      var name = open.token().name();
      var plan =
          Plan.empty()
              .then(
                  () -> {
                    issuer.makeLayoutKey(id);
                    context.say("key %s in token %s", label, name);
                  },
                  new Action.MakeKey(name, KeyPolicy.LAYOUT, label));
      dryRun.settle(plan, context.out());
    }
  }

  private static List<String> known(Grounds.Checked why) {
    return Stream.concat(Stream.of(BACKUPS), why.known().stream()).toList();
  }

  @Command(
      name = "destroy",
      header = "Destroys a batch's layout key, for ever.",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys the key layout-BATCH, for ever. After that nobody can derive a layout",
        "of the batch again; its cards go on working. Before the bureau has reported on",
        "every card a misprint could still need it, so the report is checked once more;",
        "where there is none, say why. You are asked to type: destroy layout-BATCH",
        "",
        Destruction.APPROVED
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta layout-key destroy --token issuer/token.toml --batch 2026-01 \\",
        "    --made batches/2026-01 --report 2026-01.report \\",
        "    --issuer-certificate issuer-1.pem --bureau-certificate bureau.pem"
      })
  void destroy(
      @Mixin TokenOption token,
      @Option(names = "--batch", required = true, paramLabel = "BATCH", description = "its name")
          String batch,
      @ArgGroup(multiplicity = "1") Grounds grounds,
      @Mixin Destruction destruction)
      throws IOException {
    var id = new BatchId(batch);
    var why = grounds.check(id, context);
    try (var open = token.open(context)) {
      var issuer = open.issuer();
      var label = KeyPolicy.LAYOUT.label(id.value());
      destruction.of(
          new KeyToDestroy(
              open,
              open::issuer,
              KeyPolicy.LAYOUT,
              label,
              "destroy " + label,
              known(why),
              why.because()),
          context,
          () -> issuer.destroyLayoutKey(id));
    }
  }
}
