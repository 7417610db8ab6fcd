package karuta.provisioning.print;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Callable;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.print.PrintJobException.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `karuta bureau open`: from the encrypted file to pages that may be printed.
@Command(
    name = "open",
    usageHelpWidth = 100,
    mixinStandardHelpOptions = true,
    description = {
      "Opens a print job: decrypts it, checks the issuer's signature, every digest and every count.",
      "",
      "The folder appears only if all of it is right. It holds one PDF page for each card, 85.6 x 54 mm,"
          + " to be printed at 100 %% on a white card body, once each; the records that say which card"
          + " stands on which page; and the manifest.",
      "",
      "The folder tells every secret of these cards. Keep it on an encrypted disk that no other"
          + " machine reaches, and destroy it when the cards are printed. A spoiled card is destroyed"
          + " and reported, never printed again: the issuer makes a new one.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer =
        "  karuta bureau open --job 2026-03.job --key bureau.p12 --signer issuer.pem --out cards",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the folder is there",
      "1:the job is too old to be printed",
      "2:an option, a file or the password is wrong",
      "5:the job is damaged, signed by somebody else, or made for another key"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BureauOpen implements Callable<Integer> {
  private final InstantSource clock;

  @Spec private CommandSpec spec;

  @Option(
      names = "--job",
      required = true,
      paramLabel = "FILE",
      description = "The print job, as the issuer sent it.")
  private Path job;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The bureau's private key and certificate, PKCS#12.")
  private Path key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file with the key's password in its first line; without it you are asked.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--signer",
      required = true,
      paramLabel = "FILE",
      description = {
        "The issuer's certificate, PEM or DER. Get it on another way than the job, and compare its"
            + " fingerprint by telephone."
      })
  private Path signer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The folder to make; it must not exist.")
  private Path out;

  BureauOpen() {
    this(InstantSource.system());
  }

  BureauOpen(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    try {
      var issuer = PinnedCertificate.read(signer);
      var manifest = new PrintJobReader(readKey(), issuer, clock.instant()).open(job, out);
      tell(spec.commandLine().getOut(), manifest, issuer);
      return 0;
    } catch (PrintJobException e) {
      return fail(String.valueOf(e.getMessage()), exitCode(e.reason()));
    } catch (FileAlreadyExistsException e) {
      return fail(e.getFile() + " exists; name a folder that does not", 2);
    } catch (NoSuchFileException e) {
      return fail(e.getFile() + " does not exist", 2);
    } catch (IOException e) {
      return fail("cannot open the print job: " + e.getMessage(), 2);
    }
  }

  private static int exitCode(Reason reason) {
    return switch (reason) {
      case EXPIRED -> 1;
      case UNUSABLE_KEY -> 2;
      case DAMAGED, NOT_FOR_THIS_KEY, WRONG_SIGNER -> 5;
    };
  }

  private int fail(String message, int exitCode) {
    spec.commandLine().getErr().println(message);
    return exitCode;
  }

  private BureauKey readKey() throws IOException {
    var password = password();
    try (var file = Files.newInputStream(key)) {
      return BureauKey.read(file, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @SuppressWarnings(
      "SystemConsoleNull") // from JDK 25 on it is null again where there is no terminal
  private char[] password() throws IOException {
    if (passwordFile != null) {
      try (var lines = Files.newBufferedReader(passwordFile)) {
        var line = lines.readLine();
        return line == null ? new char[0] : line.toCharArray();
      }
    }
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new PrintJobException(
          Reason.UNUSABLE_KEY,
          "there is no terminal to ask for the password; give --password-file");
    }
    var password = console.readPassword("password of %s: ", key);
    if (password == null) {
      throw new PrintJobException(Reason.UNUSABLE_KEY, "no password was given");
    }
    return password;
  }

  private void tell(PrintWriter screen, JobManifest manifest, X509Certificate issuer)
      throws IOException {
    var pdfs =
        manifest.files().stream().map(JobFile::name).filter(n -> n.endsWith(".pdf")).toList();
    screen.printf("print job %s, batch %s%n", manifest.job(), manifest.batch());
    screen.printf("  cards      %d, %d time each%n", manifest.cards(), manifest.copies());
    screen.printf("  signed by  %s%n", issuer.getSubjectX500Principal().getName());
    screen.printf("             SHA-256 %s%n", grouped(Certificates.fingerprint(issuer)));
    screen.printf("  print      until %s%n", manifest.notAfter());
    screen.printf("  pages      %s to %s in %s%n", pdfs.getFirst(), pdfs.getLast(), out);
    screen.printf("destroy %s when the cards are printed%n", out);
    screen.flush();
  }

  /// In groups of four, to be read out.
  private static String grouped(String hex) {
    return hex.replaceAll("(.{4})(?=.)", "$1 ");
  }
}
