package karuta.provisioning.document;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import karuta.command.CommandFailed;

/// Whether a certificate is in force for as long as it is needed (RFC 5280, section 4.1.2.5).
///
/// Certificates are pinned, and no chain is followed that could say they were given up. Their dates are all that says
/// when their owner wanted them to end, so they are looked at wherever a command takes a certificate.
///
/// @param from the moment from which it is needed
/// @param until the last moment at which it is needed
/// @param last what that moment is, such as "the print job's last day"
public record CertificateDates(Instant from, Instant until, String last) {
  private static final Duration SOON = Duration.ofDays(30);

  /// For a certificate that is needed at one moment only.
  public static CertificateDates at(Instant now) {
    return new CertificateDates(now, now, "now");
  }

  /// Looks at a certificate.
  ///
  /// @param name the file it came from, as people know it
  /// @return a warning from 30 days before it would be refused
  /// @throws CommandFailed if it is not in force, or not for long enough
  public Optional<String> check(X509Certificate certificate, String name) {
    var who = "%s (%s)".formatted(name, certificate.getSubjectX500Principal().getName());
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    if (from.isBefore(begin)) {
      throw CommandFailed.refused(
          "the certificate %s is valid only from %s on; look at the clock of this machine"
              .formatted(who, begin));
    }
    if (end.isBefore(from)) {
      throw CommandFailed.refused(
          "the certificate %s ended at %s; get a new one, and compare its fingerprint"
              .formatted(who, end));
    }
    if (end.isBefore(until)) {
      throw CommandFailed.refused(
          "the certificate %s ends at %s, before %s, %s; get a new one, and compare its fingerprint"
              .formatted(who, end, last, until));
    }
    return end.isBefore(until.plus(SOON))
        ? Optional.of("the certificate %s ends at %s; get a new one in time".formatted(who, end))
        : Optional.empty();
  }
}
