package karuta.softhsm;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import karuta.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `karuta pki`: certificates for development. A bank brings its own PKI.
@Command(
    name = "pki",
    description = "make certificates for development and CI; a bank brings its own",
    mixinStandardHelpOptions = true)
public final class PkiCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before run
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to make: karuta pki dev --out DIR");
  }

  @Command(
      name = "dev",
      description = {
        "make a throw-away certificate authority and what it issues, in a new directory",
        "of private files: a TLS server certificate for this machine, client",
        "certificates for the roles front-end and back-office, and the bureau's key.",
        "All are valid for 90 days. The authority's key is not kept: to renew, make",
        "a new directory. Never use them in production."
      },
      mixinStandardHelpOptions = true)
  int dev(
      @Option(
              names = "--out",
              required = true,
              paramLabel = "DIR",
              description = "the directory to make; refused when anything is in it")
          Path out,
      @Option(names = "--dry-run", description = "say what would be made, make nothing")
          boolean dryRun) {
    var terminal = spec.commandLine();
    try {
      if (dryRun) {
        terminal
            .getOut()
            .println("would make development certificates in %s, for 90 days".formatted(out));
        return ExitCode.DONE;
      }
      var until = DevPki.create(out, InstantSource.system(), new SecureRandom());
      terminal.getOut().println("development certificates, never for production: " + out);
      terminal.getOut().println("valid until " + until);
      return ExitCode.DONE;
    } catch (SetupRefused refused) {
      terminal.getErr().println("karuta: " + refused.getMessage());
      return refused.exitCode();
    } catch (IOException failed) {
      terminal.getErr().println("karuta: cannot write %s: %s".formatted(out, failed.getMessage()));
      return ExitCode.USAGE;
    } finally {
      terminal.getOut().flush();
      terminal.getErr().flush();
    }
  }
}
