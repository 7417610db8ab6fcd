package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.document.CertificateDates;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.document.TokenSigner;
import karuta.token.key.SigningKeys;

/// Certificates as commands take them: read, and looked at whether they are in force.
final class CertificateFile {
  private CertificateFile() {}

  /// Reads one that is needed now.
  ///
  /// @throws karuta.command.CommandFailed if it is not in force
  static X509Certificate read(Path file, Context context) throws IOException {
    return read(file, CertificateDates.at(context.now()), context);
  }

  /// Reads one that is needed for a time.
  ///
  /// @throws karuta.command.CommandFailed if it is not in force, or not for long enough
  static X509Certificate read(Path file, CertificateDates dates, Context context)
      throws IOException {
    var certificate = PinnedCertificate.read(file);
    look(certificate, file.toString(), dates, context);
    return certificate;
  }

  /// Looks at one that was read.
  static void look(
      X509Certificate certificate, String name, CertificateDates dates, Context context) {
    dates.check(certificate, name).ifPresent(warning -> context.note("%s", warning));
  }

  /// A signing key of a token whose certificate is in force.
  static TokenSigner signer(
      SigningKeys keys, String label, CertificateDates dates, Context context) {
    var signer = new TokenSigner(keys, label);
    look(signer.certificate(), "of " + label, dates, context);
    return signer;
  }
}
