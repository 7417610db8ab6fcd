package karuta.document;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import karuta.command.CommandFailed;

/// Whether a certificate is in force for as long as it is needed (RFC 5280, section 4.1.2.5).
///
/// Certificates are pinned, and no chain is followed that could say they were given up. Their dates are all that says
/// when their owner wanted them to end, so they are looked at wherever a command takes a certificate, and said in the
/// words of this class.
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
  /// @param name the file it came from, as people know it, or of whom it is
  /// @return a warning from 30 days before it would be refused
  /// @throws CommandFailed if it is not in force, or not for long enough
  public Optional<String> check(X509Certificate certificate, String name) {
    refusal(certificate, name)
        .ifPresent(
            why -> {
              throw CommandFailed.refused(why);
            });
    return warning(certificate, name);
  }

  /// Why a certificate is of no use; empty if it is in force for long enough.
  public Optional<String> refusal(X509Certificate certificate, String name) {
    var who = who(certificate, name);
    var begin = certificate.getNotBefore().toInstant();
    var end = certificate.getNotAfter().toInstant();
    if (from.isBefore(begin)) {
      return Optional.of(
          "the certificate %s is valid only from %s on; look at the clock of this machine"
              .formatted(who, begin));
    }
    if (end.isBefore(from)) {
      return Optional.of(
          "the certificate %s ended at %s; get a new one, and compare its fingerprint"
              .formatted(who, end));
    }
    return end.isBefore(until)
        ? Optional.of(
            "the certificate %s ends at %s, before %s, %s; get a new one, and compare its fingerprint"
                .formatted(who, end, last, until))
        : Optional.empty();
  }

  /// What to say of one that is in force, from 30 days before it would be refused.
  public Optional<String> warning(X509Certificate certificate, String name) {
    var end = certificate.getNotAfter().toInstant();
    return end.isBefore(until.plus(SOON))
        ? Optional.of(
            "the certificate %s ends at %s; get a new one in time"
                .formatted(who(certificate, name), end))
        : Optional.empty();
  }

  /// What to say of a certificate that may be of no use without anything being refused for it.
  public Optional<String> remark(X509Certificate certificate, String name) {
    return refusal(certificate, name).or(() -> warning(certificate, name));
  }

  /// Why a certificate does not vouch for what was signed with its key at one moment. What was signed in time stays
  /// signed, so nothing is said of one that has ended since.
  ///
  /// @param what was signed, such as "the bundle"
  public static Optional<String> notInForce(
      X509Certificate certificate, String name, String what, Instant signed) {
    return at(signed)
        .refusal(certificate, name)
        .map(
            _ ->
                "the certificate %s was not in force when %s was made, at %s: only from %s to %s"
                    .formatted(
                        who(certificate, name),
                        what,
                        signed,
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
  }

  private static String who(X509Certificate certificate, String name) {
    return "%s (%s)".formatted(name, certificate.getSubjectX500Principal().getName());
  }
}
