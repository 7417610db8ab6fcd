package karuta.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import karuta.catalogue.Catalogue;
import karuta.command.CommandFailed;
import karuta.command.Counted;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;
import karuta.database.TimeOfRecord;
import karuta.document.CertificateDates;
import karuta.server.book.BundleRefused;
import karuta.server.book.BundleTrust;
import karuta.server.book.CopyFailed;
import karuta.server.book.ImportResult;
import karuta.server.config.ServerConfig;
import karuta.server.config.ServerConfigOption;
import karuta.server.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `karuta import`: takes a bundle of cards into the store.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a bundle's books into the store, so that the cards of its batch can be asked.",
      "",
      "The bundle must be signed by the pinned issuer, be the next in its sequence, and be for this token, these epochs and this"
          + " catalogue. It is verified whole before the first card is imported; a damaged bundle imports nothing. An interrupted"
          + " import goes on where it stopped when the same command is given again. The server may run meanwhile.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta import --config server.toml batch-7.bundle",
      "",
      "Exit codes: 0 imported, or imported before, 1 the bundle is not for here or not for "
          + "now, 2 usage or configuration, 4 interrupted, or the store's PostgreSQL is not to be had now, "
          + "give the command again, 5 the bundle is damaged or its signature is wrong"
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private ServerConfigOption config;

  @Parameters(paramLabel = "BUNDLE", description = "the file that karuta batch issue wrote")
  private @Nullable Path bundle;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var settings = config.read();
    try (var store = Store.open(settings.store())) {
      run(settings, store, store.clock(InstantSource.system()));
      return ExitCode.DONE;
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.unusable(unavailable);
    }
  }

  private void run(ServerConfig settings, Store store, TimeOfRecord clock) {
    var file = Objects.requireNonNull(bundle);
    try {
      report(Core.bundles(store, trust(settings), clock).run(file, this::done));
      CertificateDates.at(clock.instant())
          .remark(settings.bundleIssuer(), BundleTrust.ISSUER)
          .ifPresent(remark -> err().println("karuta: " + remark));
    } catch (BundleRefused refused) {
      var exitCode =
          switch (refused.reason()) {
            case INTEGRITY -> ExitCode.INTEGRITY;
            case POLICY -> ExitCode.REFUSED;
          };
      throw new CommandFailed(exitCode, refused.getMessage(), refused);
    } catch (CopyFailed full) {
      throw new CommandFailed(ExitCode.USAGE, full.getMessage(), full);
    } catch (IOException unreadable) {
      throw new CommandFailed(ExitCode.USAGE, "the bundle cannot be read: " + file, unreadable);
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.interrupted(unavailable);
    }
  }

  private static BundleTrust trust(ServerConfig settings) {
    var catalogue = Catalogue.v1();
    return new BundleTrust(
        settings.bundleIssuer(),
        settings.epochs().token(),
        settings.epochs().ids(),
        catalogue.version(),
        catalogue.digest());
  }

  private void done(long cards) {
    err().println("imported " + cards(cards));
    err().flush();
  }

  private void report(ImportResult result) {
    var batch = result.manifest().batch();
    if (result.alreadyDone()) {
      out().println("batch " + batch + " was imported before, nothing done");
      return;
    }
    out().println("batch " + batch + ": " + cards(result.imported()) + " imported");
    if (result.resumedAt() > 0) {
      out().println(cards(result.resumedAt()) + " had been imported before the interruption");
    }
    if (result.leftOut() > 0) {
      out().println(cards(result.leftOut()) + " left out, having ended after the order");
    }
  }

  private static String cards(long count) {
    return Counted.of(count, "card");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
