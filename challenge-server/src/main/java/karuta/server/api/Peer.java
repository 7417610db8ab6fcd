package karuta.server.api;

import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// One connection: whose it is, and when it was last of use.
final class Peer {
  private final List<X509Certificate> chain;
  private volatile Optional<Client> client = Optional.empty();
  private volatile boolean excess;
  private int requests;
  private long quietSince;
  private Optional<Long> end = Optional.empty();

  /// @param connection whose TLS handshake is done
  /// @param nanos now, as of {@link System#nanoTime}
  Peer(HttpConnection connection, long nanos) {
    this.chain = chain(connection);
    this.quietSince = nanos;
  }

  /// What the caller has shown, its own certificate first; empty without TLS.
  private static List<X509Certificate> chain(HttpConnection connection) {
    if (!connection.isSsl()) {
      return List.of();
    }
    try {
      return Arrays.stream(connection.sslSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException("TLS wants a certificate from everybody", e);
    }
  }

  void judge(Identities identities) {
    client = identities.of(chain);
  }

  /// From now on it is nobody's.
  void disown() {
    client = Optional.empty();
  }

  Optional<Client> client() {
    return client;
  }

  /// Its client has as many others as it may have: from now on it is told so, until it is ended.
  void exceed() {
    excess = true;
  }

  boolean excess() {
    return excess;
  }

  /// @throws CallRefused with {@link Code#UNKNOWN_CLIENT} if it is nobody's, with {@link Code#TOO_MANY_REQUESTS} if it
  ///     is one too many
  Client requireClient() {
    var known = client.orElseThrow(() -> new CallRefused(Code.UNKNOWN_CLIENT));
    if (excess) {
      throw new CallRefused(Code.TOO_MANY_REQUESTS);
    }
    return known;
  }

  boolean certificateHasEnded(Instant now) {
    return chain.stream().anyMatch(one -> one.getNotAfter().toInstant().isBefore(now));
  }

  /// The caller's certificate, for people who look for it: subject, serial number and key.
  String described() {
    if (chain.isEmpty()) {
      return "no certificate";
    }
    var own = chain.getFirst();
    return "certificate subject=\"%s\" serial=%s key-sha256=%s"
        .formatted(
            own.getSubjectX500Principal().getName(),
            own.getSerialNumber().toString(16),
            Identities.key(own));
  }

  synchronized void began() {
    requests++;
  }

  synchronized void ended(long nanos) {
    requests--;
    quietSince = nanos;
  }

  /// It shall be gone by then; what was said before stands if it is earlier.
  synchronized void endBy(long nanos) {
    end = Optional.of(end.filter(said -> said - nanos < 0).orElse(nanos));
  }

  synchronized boolean isOverdue(long nanos) {
    return end.isPresent() && nanos - end.get() > 0;
  }

  synchronized boolean isQuiet(long nanos, Duration span) {
    return requests == 0 && nanos - quietSince > span.toNanos();
  }
}
