package karuta.server;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import karuta.command.CommandFailed;
import karuta.document.CertificateDates;
import karuta.server.api.ApiServer;
import karuta.server.api.PemCertificates;
import karuta.server.book.BundleTrust;
import karuta.server.config.ServerConfig;

/// The certificates that a server takes from its configuration, and whether they are in force: nobody who looks at
/// dates talks to a server whose own certificate has ended, and nobody can call when that of every CA has. Both are
/// refused. Of the others that have ended or will soon there is a line in the log: when they are taken, and every day.
final class ServedCertificates {
  private final InstantSource clock;
  private final Consumer<String> log;
  private volatile List<Named> taken = List.of();

  /// @param name the field of the configuration
  private record Named(String name, X509Certificate certificate) {
    Optional<String> refusal(Instant now) {
      return CertificateDates.at(now).refusal(certificate, name);
    }

    Optional<String> remark(Instant now) {
      return CertificateDates.at(now).remark(certificate, name);
    }
  }

  /// @param log takes a line for each certificate that ends
  ServedCertificates(InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  /// Looks at those of a configuration that is about to be taken.
  ///
  /// @throws CommandFailed if the server would be of no use with them
  void take(ServerConfig config) {
    var all = new ArrayList<Named>();
    config.api().tls().ifPresent(tls -> all.addAll(ofTls(tls)));
    all.add(new Named(BundleTrust.ISSUER, config.bundleIssuer()));
    taken = List.copyOf(all);
    say();
  }

  private List<Named> ofTls(ApiServer.Tls tls) {
    var now = clock.instant();
    var own = named("server.certificate", PemCertificates.read(tls.certificate()));
    var refused = own.stream().flatMap(one -> one.refusal(now).stream()).toList();
    require(refused.isEmpty(), refused);
    var issuers = named("server.client-ca", PemCertificates.read(tls.clientCa()));
    var ended = issuers.stream().flatMap(one -> one.refusal(now).stream()).toList();
    require(ended.size() < issuers.size(), ended);
    var both = new ArrayList<>(own);
    both.addAll(issuers);
    return both;
  }

  private static List<Named> named(String name, List<X509Certificate> certificates) {
    return certificates.stream().map(certificate -> new Named(name, certificate)).toList();
  }

  private static void require(boolean kept, List<String> why) {
    if (!kept) {
      throw CommandFailed.usage(why.stream().collect(Collectors.joining("; ")));
    }
  }

  private void say() {
    var now = clock.instant();
    taken.forEach(one -> one.remark(now).ifPresent(log));
  }

  /// Says it of those that were taken last, again and again, until the thread is interrupted.
  void sayEvery(Duration pause) throws InterruptedException {
    var never = new CountDownLatch(1);
    while (!never.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      say();
    }
  }
}
