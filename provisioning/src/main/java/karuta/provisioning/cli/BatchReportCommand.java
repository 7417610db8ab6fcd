package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.command.Counted;
import karuta.command.ExitCode;
import karuta.document.NewFile;
import karuta.provisioning.batch.BatchReport;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `karuta batch report`: what became of every card of a batch, before the first is mailed.
@Command(
    name = "report",
    header = "Holds the bureau's report against a batch.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Holds the bureau's signed report against a batch: the same print job, and every",
      "card of the batch once, printed or spoiled. Needs no token. A spoiled card was",
      "destroyed; its subject needs a new one, ordered with the next generation."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  karuta batch report --issuer-certificate issuer-1.pem \\",
      "    --bureau-certificate bureau.pem --report 2026-01.report \\",
      "    --out spoiled.csv batches/2026-01"
    })
final class BatchReportCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(paramLabel = "BATCH", description = "the directory of the finished batch")
  private Path batch;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "FILE",
      description = "the report, as the bureau sent it")
  private Path report;

  @Option(
      names = "--bureau-certificate",
      required = true,
      paramLabel = "FILE",
      description = "the bureau's certificate, whose key signed the report")
  private Path bureauCertificate;

  @Option(
      names = "--issuer-certificate",
      required = true,
      paramLabel = "FILE",
      description = "the issuer's certificate, whose key signed the bundle")
  private Path issuerCertificate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a file to make with the spoiled cards: subject,generation,serial")
  private Optional<Path> out;

  @Mixin private DryRun dryRun;

  BatchReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (out.isPresent() && Files.exists(out.get())) {
      throw new FileAlreadyExistsException(out.get().toString());
    }
    var checked = CheckedReport.of(batch, report, bureauCertificate, issuerCertificate, context);
    var told = checked.told();
    var held = checked.held();
    context.say("report    of %s, print job %s", told.at(), told.job());
    context.say("signed by %s", checked.bureau().getSubjectX500Principal().getName());
    context.say("printed   %,d", held.printed());
    context.say("spoiled   %,d", held.spoiled().size());
    for (var card : held.spoiled()) {
      context.say("          %s", card.card().serial().grouped());
    }
    dryRun.settle(out.map(file -> plan(file, held)).orElse(Plan.empty()), context.out());
    context.note(
        "the layout key has done its work: karuta layout-key destroy --batch %s, with this report",
        told.batch());
    return ExitCode.DONE;
  }

  private Plan plan(Path file, BatchReport held) {
    return Plan.empty()
        .then(
            () -> {
              write(file, held);
              context.say("written   %s", file);
            },
            new Action.WriteFile(file, Counted.of(held.spoiled().size(), "spoiled card")));
  }

  private static void write(Path file, BatchReport held) throws IOException {
    var lines = new StringBuilder("subject,generation,serial\n");
    for (var card : held.spoiled()) {
      lines
          .append(card.subject())
          .append(',')
          .append(card.card().generation().value())
          .append(',')
          .append(card.card().serial())
          .append('\n');
    }
    NewFile.write(file, to -> to.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
