package karuta.server.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import karuta.log.LimitedLog;
import karuta.server.metrics.Meters;
import org.jspecify.annotations.Nullable;

/// The one port of the API: TLS 1.3 with client certificates, HTTP/2 and HTTP/1.1. Requests of content type
/// `application/grpc` go to the gRPC transport, all others to the REST transport.
///
/// No virtual hosts: SNI is off, so that no client can make the server keep a TLS context for each name it invents
/// (CVE-2026-6860).
public final class ApiServer {
  /// The server's certificate chain and key, and the CA that issues the clients' certificates; all PEM.
  public record Tls(Path certificate, Path privateKey, Path clientCa) {}

  /// How many TLS handshakes may be under way at once. A peer that opens connections and says nothing has no name yet,
  /// so no client's limit holds for it; each handshake may last {@link #HANDSHAKE_SECONDS}.
  ///
  /// @param ofOneAddress of one address, which behind a load balancer is everybody's
  /// @param inAll of all addresses, because each takes memory
  public record Handshakes(int ofOneAddress, int inAll) {
    public Handshakes {
      if (ofOneAddress < 1 || ofOneAddress > inAll) {
        throw new IllegalArgumentException(
            "of one address must be 1 to %d, not %d".formatted(inAll, ofOneAddress));
      }
    }
  }

  /// Where and how to listen.
  ///
  /// @param tls nothing for plain text, which the caller has made sure is on loopback only
  /// @param eventLoops how many event loops accept connections
  public record Settings(
      String host, int port, Optional<Tls> tls, Handshakes handshakes, int eventLoops) {}

  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  static final int HANDSHAKE_SECONDS = 5;
  private static final long TEND_EVERY_MS = 1_000;

  /// How long closing may take once nothing is under way.
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Settings settings;
  private final Admission admission;
  private final LimitedLog refusals;
  private final RequestPipeline pipeline;
  private final Meters meters;
  private final GrpcApi grpc;
  private final RestApi rest;
  private final HandshakeLimit handshakes;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

  private ApiServer(Vertx vertx, Settings settings, Parts parts, GrpcApi grpc, RestApi rest) {
    this.vertx = vertx;
    this.settings = settings;
    this.admission = parts.admission();
    this.refusals = parts.refusals();
    this.pipeline = parts.pipeline();
    this.meters = parts.meters();
    this.handshakes = new HandshakeLimit(settings.handshakes(), this::notConnected);
    this.grpc = grpc;
    this.rest = rest;
  }

  /// What the transports stand on.
  ///
  /// @param pages what every client may read
  /// @param refusals where those are named who were not let in
  public record Parts(
      Admission admission,
      RequestPipeline pipeline,
      Contract contract,
      List<Page> pages,
      GrpcHealth health,
      Limits limits,
      Meters meters,
      LimitedLog refusals) {
    public Parts {
      pages = List.copyOf(pages);
    }
  }

  /// Mounts the transports.
  ///
  /// @throws RuntimeException if the contract is not wholly bound or has a rule REST does not understand
  public static ApiServer of(Vertx vertx, Settings settings, Parts parts) {
    var operations = parts.contract().operations();
    var admission = parts.admission();
    var pipeline = parts.pipeline();
    return new ApiServer(
        vertx,
        settings,
        parts,
        new GrpcApi(vertx, admission, pipeline, operations, parts.health(), parts.limits()),
        new RestApi(vertx, admission, pipeline, operations, parts.pages(), parts.limits()));
  }

  /// Listens.
  ///
  /// @return the port, which matters where 0 was asked for
  public Future<Integer> listen() {
    HandshakeFailure.labels().forEach(meters::handshakesRefused);
    meters.connections(admission.peers()::count);
    vertx.setPeriodic(TEND_EVERY_MS, _ -> tend());
    return vertx
        .deployVerticle(Listener::new, new DeploymentOptions().setInstances(settings.eventLoops()))
        .map(_ -> servers.getFirst().actualPort());
  }

  private void tend() {
    admission.peers().tend();
    pipeline.flush();
  }

  /// From now on other certificates are shown and other clients are let in. Connections are ended in order, so that
  /// everybody comes under the new rules; whatever still comes on them is judged by these at once, and so is a
  /// connection whose TLS handshake had begun before.
  ///
  /// @param tls as in {@link Settings}; nothing for plain text
  /// @return fails if the files cannot be used; then all stays as it was
  public Future<Void> reload(Optional<Tls> tls, Identities identities) {
    return tls.map(this::ssl)
        .map(ssl -> servers.getFirst().updateSSLOptions(ssl, true).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture)
        .compose(_ -> vertx.executeBlocking(() -> replaced(identities)));
  }

  /// Every connection's certificate is verified anew, which takes an event loop too long.
  private @Nullable Void replaced(Identities identities) {
    admission.peers().replace(identities);
    return null;
  }

  private ServerSSLOptions ssl(Tls tls) {
    return Objects.requireNonNull(secure(new HttpServerOptions(), tls).getSslOptions());
  }

  /// One event loop's share of the port.
  private final class Listener extends VerticleBase {
    @Override
    public Future<?> start() {
      return server().listen();
    }
  }

  /// Refuses what is new, finishes what is under way, closes.
  ///
  /// The connections are closed only after the last reply is out: the library's own shutdown was seen to cut HTTP/2
  /// connections whose streams were still being answered when more requests came in on them.
  public Future<Void> shutdown(Duration patience) {
    return admission
        .drain()
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .transform(_ -> close());
  }

  private Future<Void> close() {
    return Future.join(
            servers.stream()
                .map(server -> server.shutdown(CLOSING.toMillis(), TimeUnit.MILLISECONDS))
                .toList())
        .mapEmpty();
  }

  private HttpServer server() {
    var server =
        vertx
            .createHttpServer(options())
            .connectionHandler(admission.peers()::opened)
            .exceptionHandler(this::notConnected)
            .requestHandler(this::handle)
            .invalidRequestHandler(rest::invalid);
    servers.add(server);
    return server;
  }

  /// Before there is a connection: a TLS handshake has failed, or was broken off.
  private void notConnected(Throwable failure) {
    notConnected(HandshakeFailure.of(failure));
  }

  private void notConnected(HandshakeFailure reason) {
    meters.handshakesRefused(reason.label()).increment();
    refusals.line("handshakes " + reason.label(), () -> "no connection: " + reason.label());
  }

  private void handle(HttpServerRequest request) {
    if (settings.tls().isEmpty() && !isForLoopback(request)) {
      rest.misdirected(request);
    } else if (request.version() == HttpVersion.HTTP_2
        && MediaTypes.isGrpc(request.getHeader("content-type"))) {
      grpc.handle(request);
    } else {
      rest.handle(request);
    }
  }

  /// Without TLS any page in a browser on this machine could reach the server under a name of its own, or send a form
  /// to it. A browser says where such a request comes from.
  private static boolean isForLoopback(HttpServerRequest request) {
    var authority = request.authority();
    return authority != null
        && LOOPBACK_NAMES.contains(authority.host())
        && request.getHeader("origin") == null;
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setHost(settings.host())
            // negative: any free port, the same for every event loop
            .setPort(settings.port() == 0 ? -1 : settings.port())
            .setIdleTimeout((int) Peers.QUIET.toSeconds())
            .setHandle100ContinueAutomatically(false)
            .setDecompressionSupported(false)
            .setCompressionSupported(false)
            // nobody speaks WebSocket here, and what unfolds its frames cuts off a caller who sends
            // many requests ahead
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    options.getInitialSettings().setMaxConcurrentStreams(128).setMaxHeaderListSize(16 * 1024L);
    settings.tls().ifPresent(tls -> secure(options, tls));
    return options;
  }

  private HttpServerOptions secure(HttpServerOptions options, Tls tls) {
    return options
        .setSslEngineOptions(handshakes)
        .setSsl(true)
        .setUseAlpn(true)
        .setSni(false)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setClientAuth(ClientAuth.REQUIRED)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.privateKey().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(tls.clientCa().toString()));
  }
}
