package karuta.server;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;
import karuta.server.config.ServerConfigOption;
import karuta.server.seal.SealCheck;
import karuta.server.seal.SealCheck.Known;
import karuta.server.seal.SealCheck.Report;
import karuta.server.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `karuta audit`: verifies the audit rows against the seals over them.
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Holds the audit against its seals.",
    subcommands = AuditCommand.Verify.class,
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Goes through every seal of the audit: its signature, the seal before it, and the rows under it. Changed, added and removed"
            + " rows and seals are found, whoever made them. So are rows that should be under a seal by now, and rows whose ids are"
            + " not such as a server makes. The server may run meanwhile.",
        "",
        "Whoever cuts off the end of the audit with its seals leaves no trace in the store, and whoever can have seals signed can seal"
            + " anew. Both are found with a seal that was known before: the server writes each into its log, as in"
            + " `audit sealed: 12:Qm9...`, and this command ends with the last.",
        ""
      },
      footer = {
        "",
        "Example:",
        "  curl ... https://localhost:8443/.well-known/seal-keys.json > keys.json",
        "  karuta audit verify --config server.toml --keys keys.json --known 12:Qm9...",
        "",
        "Exit codes: 0 every seal holds and every row is in order, 2 usage or configuration, "
            + "4 the store did not answer, or is not to be had now, 5 a seal does not hold or a row is not in order"
      })
  static final class Verify implements Callable<Integer> {
    @Mixin private ServerConfigOption config;

    @Option(
        names = "--keys",
        paramLabel = "FILE",
        required = true,
        description =
            "the keys that may have signed, a JWK set from where you trust it: the guard's for seals, saved at the key ceremony")
    private Path keys;

    @Option(
        names = "--known",
        paramLabel = "NUMBER:DIGEST",
        converter = KnownSeal.class,
        description = "a seal as the log or an earlier run told it; as often as you like")
    private List<Known> known = List.of();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      var settings = config.read();
      var trusted = readKeys(keys);
      try (var store = Store.openExisting(settings.store())) {
        return verify(store, trusted);
      } catch (DatabaseUnavailable unavailable) {
        throw StoreFailed.unusable(unavailable);
      }
    }

    private int verify(Store store, JWKSet trusted) {
      try {
        var report =
            new SealCheck(store, trusted, store.clock(InstantSource.system()).instant()).run(known);
        report.broken().forEach(what -> err().println("karuta: " + what));
        out().println(summary(report));
        return report.broken().isEmpty() ? ExitCode.DONE : ExitCode.INTEGRITY;
      } catch (DatabaseUnavailable unavailable) {
        throw StoreFailed.interrupted(unavailable);
      }
    }

    private static String summary(Report report) {
      return report.last() == 0
          ? "the audit has no seal yet; its rows: " + report.open()
          : "rows under seals that hold: %d; rows after the last seal: %d; the last seal is %d:%s"
              .formatted(report.rows(), report.open(), report.last(), report.digest());
    }

    private static JWKSet readKeys(Path file) {
      try {
        return JWKSet.parse(Files.readString(file));
      } catch (IOException e) {
        throw new CommandFailed(ExitCode.USAGE, "the keys cannot be read: " + file, e);
      } catch (ParseException e) {
        throw new CommandFailed(
            ExitCode.USAGE, "not a JWK set, as /.well-known/seal-keys.json has it: " + file, e);
      }
    }

    private PrintWriter out() {
      return spec.commandLine().getOut();
    }

    private PrintWriter err() {
      return spec.commandLine().getErr();
    }
  }

  /// Reads `12:Qm9...`.
  static final class KnownSeal implements ITypeConverter<Known> {
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,17}):([A-Za-z0-9_-]{43})");

    @Override
    public Known convert(String text) {
      var parts = SHAPE.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is not NUMBER:DIGEST, with 43 characters after the colon");
      }
      return new Known(Long.parseLong(parts.group(1)), parts.group(2));
    }
  }
}
