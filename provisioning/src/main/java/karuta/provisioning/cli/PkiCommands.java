package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.softhsm.DevPki;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `karuta pki`: certificates for development. A bank brings its own PKI.
@Command(
    name = "pki",
    description = "Makes certificates for development and CI; a bank brings its own.",
    mixinStandardHelpOptions = true)
final class PkiCommands implements Runnable {
  private final Context context;

  @Spec private CommandSpec spec;

  PkiCommands(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to make: karuta pki dev --out DIR");
  }

  @Command(
      name = "dev",
      description = {
        "Makes a throw-away certificate authority and what it issues, in a new directory",
        "of private files: a TLS server certificate for this machine, client",
        "certificates for the roles front-end and back-office, and the bureau's key.",
        "All are valid for 90 days. The authority's key is not kept: to renew, make",
        "a new directory. Never use them in production."
      },
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  karuta pki dev --out .karuta/pki")
  void dev(
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "the directory to make; refused when anything is in it")
          Path out,
      @Mixin DryRun dryRun)
      throws IOException {
    DevPki.requireNew(out);
    var plan =
        Plan.empty()
            .then(
                () -> make(out),
                new Action.MakeDirectory(out, "development certificates for 90 days"));
    dryRun.settle(plan, context.out());
  }

  private void make(Path out) {
    try {
      var until = DevPki.create(out, context.clock(), new SecureRandom());
      context.say("development certificates, never for production: %s", out);
      context.say("valid until %s", until);
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "cannot write %s: %s".formatted(out, e.getMessage()), e);
    }
  }
}
