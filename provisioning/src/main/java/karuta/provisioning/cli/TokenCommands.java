package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import karuta.agreement.AgreementUse;
import karuta.command.CommandFailed;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.softhsm.DevelopmentPolicy;
import karuta.softhsm.DevelopmentToken;
import karuta.token.TokenRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta token`: tokens as such.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes a development token, looks at a token, tries what a module can do.")
final class TokenCommands extends Group {
  private final Context context;

  TokenCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "init",
      header = "Makes a SoftHSM token for development.",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a SoftHSM token for development, in a directory of its own, with random",
        "PINs. A production token is initialised with its vendor's tool; write its",
        "token file by hand and try it with: karuta token check"
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta token init --role issuer --home .karuta/issuer")
  void init(
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "issuer (offline, makes cards) or verifier (online)")
          String role,
      @Option(
              names = "--home",
              required = true,
              paramLabel = "DIR",
              description = "the directory to make; refused when anything is in it")
          Path home,
      @Option(
              names = "--label",
              paramLabel = "LABEL",
              description = "the token's label; default karuta-issuer or karuta-verifier")
          Optional<String> label,
      @Mixin DryRun dryRun)
      throws IOException {
    var tokenRole = role(role);
    var tokenLabel = label.orElseGet(() -> DevelopmentPolicy.defaultLabel(tokenRole));
    DevelopmentToken.requireNew(home, tokenLabel);
    var plan =
        Plan.empty()
            .then(
                () -> {
                  var made = DevelopmentToken.create(home, tokenRole, tokenLabel);
                  context.note("%s", DevelopmentToken.NOTICE);
                  context.say("token %s (serial %s)", made.label(), made.serial());
                  context.say("token file %s", made.tokenFile());
                },
                new Action.MakeToken(tokenLabel, home));
    dryRun.settle(plan, context.out());
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Logs in to a token and says how it is.",
      footerHeading = "%nExample:%n",
      footer = "  karuta token status --token issuer/token.toml")
  void status(@Mixin TokenOption token) {
    var file = token.read();
    try (var open = OpenToken.open(file, context)) {
      var health = open.token().health();
      context.say("module  %s", file.module().library());
      context.say("token   %s", open.token().name());
      context.say("role    %s", open.role().label());
      context.say("state   %s", health.state().name().toLowerCase(Locale.ROOT));
      for (var line : open.kdfs(AgreementUse.DEVELOPMENT).lines()) {
        context.say("kdf     %s", line);
      }
    }
  }

  @Command(
      name = "check",
      header = "Tries on a token everything Karuta asks of one.",
      mixinStandardHelpOptions = true,
      description = {
        "Tries on a token everything Karuta asks of one, with objects that vanish again,",
        "and prints a table. A token that fails any line cannot carry Karuta's promises;",
        "the exit code is then 1."
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta token check --token verifier/token.toml")
  void check(@Mixin TokenOption token) {
    try (var open = token.open(context)) {
      var info = open.token().info();
      context.say(
          "token %s by %s, model %s, firmware %s",
          open.token().name(), info.manufacturer(), info.model(), info.firmware());
      var checks = open.compatibility();
      var width = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
      for (var check : checks) {
        if (check.passed()) {
          context.say("ok   %s", check.name());
        } else {
          context.say("NO   %-" + width + "s  %s", check.name(), check.detail());
        }
      }
      var failed = checks.stream().filter(check -> !check.passed()).count();
      if (failed > 0) {
        throw CommandFailed.refused(
            "%d of %d checks failed; this token cannot be used".formatted(failed, checks.size()));
      }
    }
  }

  static TokenRole role(String text) {
    return switch (text) {
      case "issuer" -> TokenRole.ISSUER;
      case "verifier" -> TokenRole.VERIFIER;
      default -> throw CommandFailed.usage("a role is issuer or verifier, not '" + text + "'");
    };
  }
}
