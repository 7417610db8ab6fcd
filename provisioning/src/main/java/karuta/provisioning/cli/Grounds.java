package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.card.BatchId;
import karuta.command.CommandFailed;
import karuta.provisioning.cli.KeyToDestroy.Because;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Why a batch's layout key may go: the bureau's verified report on every card, or the custodian's reason why there is
/// none. Before that a misprint could still need the key.
final class Grounds {
  @ArgGroup(exclusive = false)
  private @Nullable Reported reported;

  @Option(
      names = "--without-report",
      required = true,
      paramLabel = "REASON",
      description = "why there is no report; it stands in the plan")
  private Optional<String> reason = Optional.empty();

  /// The report, and what it is checked with.
  private static final class Reported {
    @Option(
        names = "--report",
        required = true,
        paramLabel = "FILE",
        description = "the report, as the bureau sent it")
    private Path report;

    @Option(
        names = "--made",
        required = true,
        paramLabel = "DIR",
        description = "the directory of the finished batch")
    private Path made;

    @Option(
        names = "--issuer-certificate",
        required = true,
        paramLabel = "FILE",
        description = "the issuer's certificate, whose key signed the bundle")
    private Path issuerCertificate;

    @Option(
        names = "--bureau-certificate",
        required = true,
        paramLabel = "FILE",
        description = "the bureau's certificate, whose key signed the report")
    private Path bureauCertificate;
  }

  /// Grounds that hold.
  ///
  /// @param known what the grounds are, if they are a report
  /// @param because or why there is none
  record Checked(List<String> known, Optional<Because> because) {}

  /// The grounds, checked.
  ///
  /// @throws karuta.document.DocumentException if the report does not hold
  /// @throws CommandFailed if it is about another batch, or no reason is given
  Checked check(BatchId batch, Context context) throws IOException {
    if (reported == null) {
      var text = reason.orElse("").strip();
      if (text.isEmpty()) {
        throw CommandFailed.usage("say why there is no report: --without-report REASON");
      }
      return new Checked(List.of(), Optional.of(new Because("without the bureau's report", text)));
    }
    var checked =
        CheckedReport.of(
            reported.made,
            reported.report,
            reported.bureauCertificate,
            reported.issuerCertificate,
            context);
    var told = checked.told();
    if (!told.batch().equals(batch)) {
      throw CommandFailed.usage(
          "the report is about batch %s, not %s".formatted(told.batch(), batch));
    }
    return new Checked(
        List.of(
            "the bureau reported on %s: %,d printed, %,d spoiled"
                .formatted(told.at(), checked.held().printed(), checked.held().spoiled().size())),
        Optional.empty());
  }
}
