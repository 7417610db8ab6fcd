package karuta.provisioning.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.command.CommandFailed;
import karuta.document.CertificateDates;
import karuta.document.DocumentException;
import karuta.provisioning.batch.BatchReport;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.print.PrintReport;

/// A bureau's report whose signature was verified and which was held against its batch.
///
/// @param told what the bureau says
/// @param held what that makes of the batch
/// @param bureau who signed it
record CheckedReport(PrintReport told, BatchReport held, X509Certificate bureau) {
  /// Checks it.
  ///
  /// @param batch the directory of the finished batch
  /// @throws DocumentException if it is damaged, signed by another, about another batch or not about every card of it
  static CheckedReport of(
      Path batch, Path report, Path bureauCertificate, Path issuerCertificate, Context context)
      throws IOException {
    var issuer = CertificateFile.read(issuerCertificate, context);
    var bureau = PinnedCertificate.read(bureauCertificate);
    var told = read(report, bureau);
    var name = bureauCertificate.toString();
    CertificateDates.notInForce(bureau, name, "the report", told.at())
        .ifPresent(
            why -> {
              throw CommandFailed.refused(why);
            });
    CertificateDates.at(told.at())
        .warning(bureau, name)
        .ifPresent(warning -> context.note("%s", warning));
    return new CheckedReport(told, BatchReport.of(batch, issuer, told), bureau);
  }

  private static PrintReport read(Path file, X509Certificate bureau) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      return PrintReport.read(in, bureau);
    } catch (DocumentException e) {
      throw new DocumentException(file + ": " + e.getMessage(), e);
    }
  }
}
