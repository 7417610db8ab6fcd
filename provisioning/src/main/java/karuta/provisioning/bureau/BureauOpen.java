package karuta.provisioning.bureau;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.CertificateDates;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.Certificates;
import karuta.provisioning.print.JobFile;
import karuta.provisioning.print.JobManifest;
import karuta.provisioning.print.PrintJobReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta bureau open`: from the encrypted file to pages that may be printed.
@Command(
    name = "open",
    header = "Opens a print job.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Opens a print job: decrypt it, check the issuer's signature, every digest and",
      "every count. The folder appears only if all of it is right. It holds one PDF",
      "page for each card, 85.6 x 54 mm, to be printed at 100 %% on a white card body,",
      "once each; the records that say which card stands on which page; and the",
      "manifest.",
      "",
      "The folder tells every secret of these cards. Keep it on an encrypted disk",
      "that no other machine reaches, and destroy it when the cards are printed. A",
      "spoiled card is destroyed and reported, never printed again: the issuer makes",
      "a new one."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  karuta bureau open --job 2026-03.printjob --key bureau.p12 \\",
      "    --signer issuer-1.pem --out cards"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the folder is there",
      "1:the job is too old to be printed, or a certificate has ended",
      "2:an option, a file or the password is wrong",
      "4:interrupted; nothing was kept",
      "5:the job is damaged, signed by somebody else, or made for another key"
    })
final class BureauOpen implements Callable<Integer> {
  private final InstantSource clock;
  private final BooleanSupplier stopped;

  @Spec private CommandSpec spec;

  @Option(
      names = "--job",
      required = true,
      paramLabel = "FILE",
      description = "the print job, as the issuer sent it")
  private Path job;

  @Mixin private BureauKeyOptions key;

  @Option(
      names = "--signer",
      required = true,
      paramLabel = "FILE",
      description = {
        "the issuer's certificate, PEM or DER; get it on another way than the job, and",
        "compare its fingerprint by telephone"
      })
  private Path signer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "the folder to make; it must not exist")
  private Path out;

  @Mixin private DryRun dryRun;

  BureauOpen(InstantSource clock, BooleanSupplier stopped) {
    this.clock = clock;
    this.stopped = stopped;
  }

  @Override
  public Integer call() {
    try {
      var issuer = PinnedCertificate.read(signer);
      var now = clock.instant();
      var err = spec.commandLine().getErr();
      CertificateDates.at(now)
          .check(issuer, signer.toString())
          .ifPresent(warning -> err.println("karuta: " + warning));
      var reader = new PrintJobReader(key.read(now, err), issuer, now, stopped);
      for (var left : reader.leftBehind(out)) {
        spec.commandLine()
            .getErr()
            .println(
                "karuta: "
                    + left
                    + " was left by a run that was killed, unless another is at work; it may tell"
                    + " layouts, destroy it");
      }
      reader.requireReady(job, out);
      var screen = spec.commandLine().getOut();
      var plan =
          Plan.empty()
              .then(
                  () -> tell(screen, reader.open(job, out), issuer),
                  new Action.MakeDirectory(out, "the pages, records and manifest of " + job));
      dryRun.settle(plan, screen);
      return ExitCode.DONE;
    } catch (CommandFailed | IOException e) {
      return BureauFailure.tell(spec, e);
    }
  }

  private void tell(PrintWriter screen, JobManifest manifest, X509Certificate issuer)
      throws IOException {
    var pdfs =
        manifest.files().stream().map(JobFile::name).filter(n -> n.endsWith(".pdf")).toList();
    screen.printf("print job %s, batch %s%n", manifest.job(), manifest.batch());
    screen.printf(
        "  cards      %,d, each to be printed %s%n",
        manifest.cards(), manifest.copies() == 1 ? "once" : manifest.copies() + " times");
    screen.printf("  signed by  %s%n", issuer.getSubjectX500Principal().getName());
    screen.printf("             SHA-256 %s%n", grouped(Certificates.fingerprint(issuer)));
    screen.printf("  print      until %s%n", manifest.notAfter());
    var range = pdfs.size() == 1 ? pdfs.getFirst() : pdfs.getFirst() + " to " + pdfs.getLast();
    screen.printf("  pages      %s in %s%n", range, out);
    screen.printf("destroy %s when the cards are printed%n", out);
    screen.flush();
  }

  /// In groups of four, to be read out.
  private static String grouped(String hex) {
    return hex.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
