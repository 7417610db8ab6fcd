package karuta.provisioning.bureau;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import karuta.document.CertificateDates;
import karuta.provisioning.print.BureauKey;
import karuta.provisioning.print.PrintJobException;
import karuta.provisioning.print.PrintJobException.Reason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The bureau's key on a command line. The password is never an argument.
final class BureauKeyOptions {
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "the bureau's private key and certificate, PKCS#12")
  private Path key;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "a file with the key's password in its first line; without it you are asked")
  private @Nullable Path passwordFile;

  /// Reads the key, whose certificate must be in force.
  ///
  /// @param err where a warning goes
  BureauKey read(Instant now, PrintWriter err) throws IOException {
    var password = password();
    try (var file = Files.newInputStream(key)) {
      var read = BureauKey.read(file, password);
      CertificateDates.at(now)
          .check(read.certificate(), key.toString())
          .ifPresent(warning -> err.println("karuta: " + warning));
      return read;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @SuppressWarnings("SystemConsoleNull") // from JDK 25 on it is null again without a terminal
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
}
