package karuta.server.api;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why there was no TLS connection: the closed list, for a counter and a log that must not repeat what a stranger has
/// sent.
enum HandshakeFailure {
  /// The caller has shown no certificate.
  NO_CERTIFICATE,
  /// The caller's certificate is not one of the configured CA.
  UNTRUSTED_CERTIFICATE,
  /// The caller's certificate has ended, or has not begun.
  ENDED_CERTIFICATE,
  /// The caller speaks another version of TLS, or other algorithms.
  NO_COMMON_PROTOCOL,
  /// What came is not TLS.
  NOT_TLS,
  TOO_SLOW,
  /// One address had too many handshakes under way.
  TOO_MANY,
  /// All addresses together had.
  TOO_MANY_IN_ALL,
  /// The caller went away.
  BROKEN_OFF,
  OTHER;

  private static final int CAUSES = 10;

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(HandshakeFailure::label).toList();
  }

  static HandshakeFailure of(Throwable failure) {
    var causes = Stream.<@Nullable Throwable>iterate(failure, HandshakeFailure::cause);
    return causes
        .limit(CAUSES)
        .takeWhile(cause -> cause != null)
        .map(HandshakeFailure::ofOne)
        .reduce(OTHER, HandshakeFailure::moreExact);
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure == null ? null : failure.getCause();
  }

  /// The causes of a failure go from the vague to the exact.
  private static HandshakeFailure moreExact(HandshakeFailure before, HandshakeFailure next) {
    return next == OTHER || (next == UNTRUSTED_CERTIFICATE && before == ENDED_CERTIFICATE)
        ? before
        : next;
  }

  private static HandshakeFailure ofOne(@Nullable Throwable failure) {
    var said = String.valueOf(failure == null ? "" : failure.getMessage());
    return switch (failure) {
      case CertificateExpiredException _, CertificateNotYetValidException _ -> ENDED_CERTIFICATE;
      case CertPathBuilderException _, CertPathValidatorException _ -> UNTRUSTED_CERTIFICATE;
      case NotSslRecordException _ -> NOT_TLS;
      case SslHandshakeTimeoutException _ -> TOO_SLOW;
      case SSLException _ when said.contains("Empty client certificate") -> NO_CERTIFICATE;
      case SSLException _ when said.contains("protocol versions") || said.contains("in common") ->
          NO_COMMON_PROTOCOL;
      case SSLException _ -> OTHER;
      case IOException _ -> BROKEN_OFF;
      case null, default -> OTHER;
    };
  }
}
