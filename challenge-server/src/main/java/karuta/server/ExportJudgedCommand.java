package karuta.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import karuta.command.CommandFailed;
import karuta.command.Counted;
import karuta.command.ExitCode;
import karuta.database.DatabaseUnavailable;
import karuta.document.NewFile;
import karuta.guard.judged.JudgedFile;
import karuta.server.config.ServerConfigOption;
import karuta.server.guard.JudgedExport;
import karuta.server.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta export-judged`: writes a file of what the store has recorded of the guard's judgements.
@Command(
    name = "export-judged",
    mixinStandardHelpOptions = true,
    description = {
      "Writes down what the store knows of the guard's judgements, for a guard whose journal was lost or put back: of each card the last"
          + " judgement, wrong answers and used draws. It only reads; the server may run meanwhile.",
      "",
      "The guard's officers sign the digest that it prints (docs/ceremonies/guard-officers.md). Nothing in the file is secret; it names subjects.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  karuta export-judged --config server.toml --out judged-cards",
      "",
      "Exit codes: 0 written, 2 usage or configuration, 4 the store did not answer, or is not "
          + "to be had now, give the command again"
    })
final class ExportJudgedCommand implements Callable<Integer> {
  @Mixin private ServerConfigOption config;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "a new file")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var settings = config.read();
    try (var store = Store.openExisting(settings.store())) {
      var summary = write(store, out);
      var to = spec.commandLine().getOut();
      to.println(
          "%s: %s, digest %s"
              .formatted(out, Counted.of(summary.cards(), "card"), summary.digest()));
      return ExitCode.DONE;
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.unusable(unavailable);
    }
  }

  private static JudgedFile.Summary write(Store store, Path file) {
    var summary = new AtomicReference<JudgedFile.Summary>();
    try {
      NewFile.write(file, to -> summary.set(JudgedExport.write(store, to)));
      return Objects.requireNonNull(summary.get());
    } catch (DatabaseUnavailable unavailable) {
      throw StoreFailed.interrupted(unavailable);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailed.usage("there is a file of that name: " + file);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.USAGE, "cannot be written: " + e.getMessage(), e);
    }
  }
}
