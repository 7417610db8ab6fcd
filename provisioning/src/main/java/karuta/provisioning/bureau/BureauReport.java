package karuta.provisioning.bureau;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import karuta.card.Serial;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.digest.Sha256;
import karuta.document.DocumentSigner;
import karuta.document.NewFile;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.BureauKey;
import karuta.provisioning.print.Certificates;
import karuta.provisioning.print.JobCheck;
import karuta.provisioning.print.JobManifest;
import karuta.provisioning.print.PrintJobException;
import karuta.provisioning.print.PrintJobException.Reason;
import karuta.provisioning.print.PrintReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta bureau report`: tells the issuer, signed, what became of every card.
@Command(
    name = "report",
    header = "Reports what became of every card.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes the signed report of a job: which cards were printed, which were spoiled.",
      "A spoiled card has been destroyed and was not printed again. Every other card",
      "of the job counts as printed. Send the report to the issuer, then destroy the",
      "folder."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  karuta bureau report --opened cards --spoiled spoiled.txt \\",
      "    --key bureau.p12 --out 2026-03.report"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the report is there",
      "1:the bureau's certificate has ended",
      "2:an option, a file, a card's number or the password is wrong",
      "4:interrupted; nothing was kept",
      "5:the folder is not the job as it was opened"
    })
final class BureauReport implements Callable<Integer> {
  private final InstantSource clock;
  private final BooleanSupplier stopped;

  @Spec private CommandSpec spec;

  @Option(
      names = "--opened",
      required = true,
      paramLabel = "FOLDER",
      description = "the folder karuta bureau open made")
  private Path opened;

  @Option(
      names = "--spoiled",
      paramLabel = "FILE",
      description = "the numbers of the cards that were spoiled, one on each line")
  private @Nullable Path spoiledFile;

  @Mixin private BureauKeyOptions key;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "the report to make; it must not exist")
  private Path out;

  @Mixin private DryRun dryRun;

  BureauReport(InstantSource clock, BooleanSupplier stopped) {
    this.clock = clock;
    this.stopped = stopped;
  }

  @Override
  public Integer call() {
    try {
      var bureau = key.read(clock.instant(), spec.commandLine().getErr());
      var signer = signer(bureau);
      var check = new JobCheck(opened, stopped);
      var manifest = check.check(Certificates.fingerprint(bureau.certificate()), Instant.MIN);
      var spoiled = spoiled(check.serials());
      var printed = new ArrayList<>(check.serials());
      printed.removeAll(spoiled);
      var report =
          new PrintReport(
              manifest.job(),
              manifest.batch(),
              Sha256.hex(Files.readAllBytes(opened.resolve(JobManifest.NAME))),
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              printed,
              new ArrayList<>(spoiled));
      var screen = spec.commandLine().getOut();
      var content =
          "the report on print job %s, batch %s: %d printed, %d spoiled"
              .formatted(manifest.job(), manifest.batch(), printed.size(), spoiled.size());
      var plan =
          Plan.empty()
              .then(
                  () -> {
                    NewFile.write(out, file -> report.write(file, signer));
                    screen.printf(
                        "print job %s, batch %s: %d printed, %d spoiled%n",
                        manifest.job(), manifest.batch(), printed.size(), spoiled.size());
                    screen.flush();
                  },
                  new Action.WriteFile(out, content));
      dryRun.settle(plan, screen);
      return ExitCode.DONE;
    } catch (CommandFailed | IllegalArgumentException | IOException e) {
      return BureauFailure.tell(spec, e);
    }
  }

  private Set<Serial> spoiled(Set<Serial> all) throws IOException {
    var spoiled = new LinkedHashSet<Serial>();
    if (spoiledFile != null) {
      for (var line : Files.readAllLines(spoiledFile)) {
        if (!line.isBlank()) {
          var serial = Serial.parse(line.strip());
          if (!all.contains(serial)) {
            throw new IllegalArgumentException("card " + serial.grouped() + " is not in this job");
          }
          spoiled.add(serial);
        }
      }
    }
    return spoiled;
  }

  static DocumentSigner signer(BureauKey bureau) throws PrintJobException {
    if (!(bureau.key() instanceof ECPrivateKey)) {
      throw new PrintJobException(Reason.UNUSABLE_KEY, "a report is signed with an EC key");
    }
    if (!PrintReport.maySign(bureau.certificate())) {
      throw new PrintJobException(Reason.UNUSABLE_KEY, PrintReport.MAY_NOT_SIGN);
    }
    return new DocumentSigner() {
      @Override
      public X509Certificate certificate() {
        return bureau.certificate();
      }

      @Override
      public byte[] sign(byte[] data) {
        try {
          var signature = Signature.getInstance("SHA256withECDSA");
          signature.initSign(bureau.key());
          signature.update(data);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException("the bureau's key cannot sign", e);
        }
      }
    };
  }
}
