package karuta.approval;

import java.io.Console;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.CertificateDates;
import karuta.document.DocumentException;
import karuta.document.KeySigner;
import karuta.document.NewFile;
import karuta.settings.NamedFiles;
import karuta.settings.PrivateKeyFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Signs a request, on the machine of whoever approves it.
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Signs a request with your key. Needs nothing but the files: use a machine of your own.",
      "",
      "It shows the whole request: read it, that is what you sign. Then it asks for the words of its digest, as whoever made the request"
          + " reads them out over the telephone; it does not show them before. The approval is a file to send back.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  ${COMMAND-FULL-NAME} --request officers.request \\",
      "      --certificate officer-1.pem --key officer-1-key.pem \\",
      "      --out officer-1.approval",
      "",
      "Exit codes: 0 signed, 1 not signed, 2 usage, also a key or certificate that cannot be "
          + "used, 5 the file is not a request, or a damaged one"
    })
public final class ApproveCommand implements Callable<Integer> {
  private static final int ATTEMPTS = 3;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      required = true,
      description = "the request, as it was sent to you")
  private Path request;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      required = true,
      description = "your certificate, as it stands in the configuration of whoever counts you")
  private Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description =
          "your private key in PEM, a file of mode 0600; if it has a password, it is asked for")
  private Path key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "a file of mode 0600 with the key's password")
  private @Nullable Path passwordFile;

  @Option(
      names = "--digest",
      paramLabel = "TEXT",
      description =
          "the words as they were read out, or the first 32 digits of the digest; else they are asked for")
  private Optional<String> digest = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "the approval, a new file")
  private Path out;

  @Spec private CommandSpec spec;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() {
    try {
      var read = read(request);
      if (!read.inForce(clock.instant())) {
        throw CommandFailed.refused(
            "the request was to be carried out before " + read.expires() + "; have another made");
      }
      var signer = signer();
      say(new String(read.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
      compare(read.digest());
      var approval = Approval.sign(read, signer);
      NewFile.write(out, file -> file.write(approval.document()));
      read.digest().lines().forEach(this::say);
      say("approved by " + Officers.name(signer.certificate()) + ": " + out);
      return ExitCode.DONE;
    } catch (DocumentException e) {
      throw new CommandFailed(ExitCode.INTEGRITY, e.getMessage(), e);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailed.usage("there is a file of that name: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw CommandFailed.usage("there is no directory " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private static ApprovalRequest read(Path file) throws DocumentException {
    try {
      return ApprovalRequest.read(file);
    } catch (DocumentException e) {
      throw e;
    } catch (IOException e) {
      throw CommandFailed.unreadable(file, e);
    }
  }

  private KeySigner signer() {
    var files = new NamedFiles(Path.of("files").toAbsolutePath());
    try {
      var mine = files.certificate(certificate.toString());
      var secret = PrivateKeyFile.read(files.secret(key.toString()), this::password);
      if (!NamedFiles.belongTogether(mine.getPublicKey(), secret)) {
        throw CommandFailed.usage("the key is not that of the certificate");
      }
      CertificateDates.at(clock.instant())
          .check(mine, certificate.toString())
          .ifPresent(this::note);
      return new KeySigner(mine, secret);
    } catch (IllegalArgumentException | IOException e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private char[] password() {
    if (passwordFile != null) {
      try {
        var files = new NamedFiles(passwordFile.toAbsolutePath());
        return Files.readString(files.secret(passwordFile.toAbsolutePath().toString()))
            .stripTrailing()
            .toCharArray();
      } catch (IOException e) {
        throw CommandFailed.usage("the password cannot be read from its file");
      }
    }
    var typed = terminal().readPassword("password of %s: ", key);
    if (typed == null) {
      throw CommandFailed.refused("no password was typed; nothing was signed");
    }
    return typed;
  }

  /// A slip of the finger must not cost the request, so it is asked a few times. A forged request gains nothing by
  /// that: they type what they are told, and are told the true words each time.
  private void compare(RequestDigest right) {
    if (digest.isPresent()) {
      if (!right.meantBy(digest.get())) {
        throw another();
      }
      return;
    }
    var terminal = terminal();
    for (var left = ATTEMPTS; left > 0; left--) {
      var typed = terminal.readLine("the eight words of its digest, as they are read out to you: ");
      if (typed == null) {
        throw CommandFailed.refused("nobody answered; nothing was signed");
      }
      if (right.meantBy(typed)) {
        return;
      }
      terminal
          .writer()
          .println("these are not the words of this request; have them read out again");
    }
    throw another();
  }

  private static CommandFailed another() {
    return CommandFailed.refused(
        "the words are another request's; sign nothing, keep the file, and find out who changed it");
  }

  @SuppressWarnings("SystemConsoleNull") // from JDK 25 on it is null again without a terminal
  private static Console terminal() {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw CommandFailed.refused(
          "there is no terminal to ask at; use one, or give --digest and --password-file");
    }
    return console;
  }

  private void note(String text) {
    var to = spec.commandLine().getErr();
    to.println("karuta: " + text);
    to.flush();
  }

  private void say(String text) {
    var to = spec.commandLine().getOut();
    to.println(text.stripTrailing());
    to.flush();
  }
}
