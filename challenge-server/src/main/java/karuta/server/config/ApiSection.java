package karuta.server.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import karuta.server.api.ApiServer;
import karuta.server.api.Client;
import karuta.server.api.ClientCa;
import karuta.server.api.PemCertificates;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[server]`, `[management]` and `[lanes]`.
final class ApiSection {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
  private static final int MOST_LOOPS = 4;

  private ApiSection() {}

  private static final int MOST_HANDSHAKES = 100_000;

  private static final int FEWEST_USUAL = 64;
  private static final int MOST_USUAL = 1_024;

  /// @param clients may open all their connections at once, for example when this server is started
  static Section<ServerConfig.Api> read(
      Table table, NamedFiles files, boolean plaintext, Section<List<Client>> clients) {
    var host = table.text("host", value -> plaintext ? requireLoopback(value) : value, "127.0.0.1");
    var port = table.number("port", 0, 65_535);
    var tls = plaintext ? noTls(table) : tls(table, files);
    var handshakes = handshakes(table, clients);
    var body = table.number("max-body-bytes", 1_024, 1_048_576, 65_536);
    var deadline = table.seconds("deadline-seconds", 1, 120, 10);
    var drain = table.seconds("drain-seconds", 1, 300, 15);
    var cores = Runtime.getRuntime().availableProcessors();
    var loops = table.number("event-loops", 1, 64, Math.min(MOST_LOOPS, cores));
    var log = table.flag("access-log", false);
    return () ->
        new ServerConfig.Api(
            host.value(),
            port.value(),
            tls.get(),
            handshakes.get(),
            body.value(),
            deadline.value(),
            drain.value(),
            loops.value(),
            log.value());
  }

  /// What is not given is derived from the connections that clients may have: of one address so many as the client that
  /// may have most, of all so many as all may have together.
  private static Section<ApiServer.Handshakes> handshakes(
      Table table, Section<List<Client>> clients) {
    var one = optional(table, "handshakes-per-address");
    var all = optional(table, "handshakes");
    if (one.orElse(0) > all.orElse(MOST_HANDSHAKES)) {
      table.problem("handshakes-per-address", "must not be above handshakes");
    }
    return () -> {
      var connections = clients.get().stream().mapToInt(Client::maxConnections).summaryStatistics();
      var usual = Math.clamp(connections.getSum(), FEWEST_USUAL, MOST_USUAL);
      var inAll = all.orElseGet(() -> Math.max(usual, one.orElse(0)));
      return new ApiServer.Handshakes(
          one.orElseGet(() -> Math.min(connections.getMax(), inAll)), inAll);
    };
  }

  private static Optional<Integer> optional(Table table, String key) {
    return table.has(key) ? table.number(key, 1, MOST_HANDSHAKES).known() : Optional.empty();
  }

  private static String requireLoopback(String host) {
    if (!LOOPBACK.contains(host)) {
      throw new IllegalArgumentException(
          "must be 127.0.0.1, ::1 or localhost as long as development.plaintext-client is set");
    }
    return host;
  }

  private static Section<Optional<ApiServer.Tls>> tls(Table table, NamedFiles files) {
    var certificate = new AtomicReference<X509Certificate>();
    var privateKey = new AtomicReference<PrivateKey>();
    var chain =
        table.text(
            "certificate",
            path -> {
              certificate.set(files.certificate(path));
              return requireChain(files.resolve(path));
            });
    var key =
        table.text(
            "private-key",
            path -> {
              privateKey.set(files.privateKey(path));
              return files.resolve(path);
            });
    var clientCa =
        table.text(
            "client-ca",
            path -> {
              var file = files.readable(path);
              ClientCa.read(file);
              return file;
            });
    var ours = certificate.get();
    var secret = privateKey.get();
    if (ours != null && secret != null && !NamedFiles.belongTogether(ours.getPublicKey(), secret)) {
      table.problem("private-key", "is not the key of the certificate");
    }
    return () -> Optional.of(new ApiServer.Tls(chain.value(), key.value(), clientCa.value()));
  }

  /// TLS takes certificates in the order of their issuing only.
  private static Path requireChain(Path file) {
    var chain = PemCertificates.read(file);
    for (var i = 1; i < chain.size(); i++) {
      var issuer = chain.get(i - 1).getIssuerX500Principal();
      if (!issuer.equals(chain.get(i).getSubjectX500Principal())) {
        throw new IllegalArgumentException(
            "certificate %d is not of the issuer of the one before: %s".formatted(i + 1, file));
      }
    }
    return file;
  }

  private static Section<Optional<ApiServer.Tls>> noTls(Table table) {
    for (var field : new String[] {"certificate", "private-key", "client-ca"}) {
      if (table.has(field)) {
        table.problem(
            field, "development.plaintext-client asks for plain text, remove one of the two");
      }
    }
    return Optional::empty;
  }

  static Section<ServerConfig.Management> management(Table table) {
    var host = table.text("host", "127.0.0.1");
    var port = table.number("port", 0, 65_535, 9_443);
    return () -> new ServerConfig.Management(host.value(), port.value());
  }

  static Section<ServerConfig.Lanes> lanes(Table table) {
    var guardQueue = table.number("guard-queue", 1, 10_000, 64);
    var storeThreads = table.number("store-threads", 1, 256, 8);
    var storeQueue = table.number("store-queue", 1, 10_000, 128);
    return () ->
        new ServerConfig.Lanes(guardQueue.value(), storeThreads.value(), storeQueue.value());
  }
}
