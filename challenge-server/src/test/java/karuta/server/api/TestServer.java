package karuta.server.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import karuta.catalogue.Catalogue;
import karuta.guard.testing.TestTime;
import karuta.log.LimitedLog;
import karuta.server.api.openapi.OpenApi;
import karuta.server.health.Readiness;
import karuta.server.lane.Lane;
import karuta.server.metrics.Meters;
import org.jspecify.annotations.Nullable;

/// The transports on a free port over a fake domain, with certificates for everybody a test can be.
final class TestServer implements AutoCloseable {
  static final Pictures PICTURES = new Pictures(Catalogue.v1());
  static final int MAX_BODY = 64 * 1024;

  static final ApiServer.Handshakes HANDSHAKES = new ApiServer.Handshakes(20, 40);

  /// For what a test is not about: longer than any test may last.
  static final Duration LONG = Duration.ofHours(1);

  /// What differs from test to test.
  record Setup(int width, int depth, int maxInFlight, Duration deadline, boolean reflection) {
    static Setup usual() {
      return new Setup(4, 64, 1000, LONG, false);
    }
  }

  final Vertx vertx = Vertx.vertx();
  final FakeDomain domain = new FakeDomain();
  final Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  final Queue<String> log = new ConcurrentLinkedQueue<>();
  final Queue<String> defects = new ConcurrentLinkedQueue<>();
  final TestTime time = new TestTime();

  /// What the server takes for the time since some instant, for connections that ask nothing.
  final AtomicLong nanos = new AtomicLong();

  final TestPki pki;
  final TestPki otherPki;
  final Lane token;
  final Lane store;
  final Readiness readiness;
  final RequestPipeline pipeline;
  final ApiServer port;
  final int number;
  volatile @Nullable RuntimeException tokenFault;

  TestServer(Path directory, Setup setup) throws Exception {
    pki =
        new TestPki(directory.resolve("pki"), "Test CA")
            .issue("server", "CN=localhost")
            .issue("front-end", "CN=front-end,O=Bank")
            .issue("back-office", "CN=back-office,O=Bank")
            .issue("stranger", "CN=stranger,O=Bank")
            .issue("two-names", "CN=front-end,CN=back-office")
            .issue("nameless", "O=Bank");
    otherPki =
        new TestPki(directory.resolve("other"), "Other CA")
            .issue("server", "CN=localhost")
            .issue("front-end", "CN=front-end");
    token = new Lane("token", setup.width(), setup.depth());
    store = new Lane("store", setup.width(), setup.depth());
    readiness =
        new Readiness(
            Map.of(
                "token",
                () -> {
                  var fault = tokenFault;
                  if (fault != null) {
                    throw fault;
                  }
                  return "";
                },
                "store",
                () -> ""),
            meters,
            LONG,
            new LimitedLog(log::add, System::nanoTime));
    var refusals = new LimitedLog(log::add, System::nanoTime);
    var admission =
        new Admission(vertx, identities(setup), setup.deadline(), time, nanos::get, refusals);
    pipeline =
        new RequestPipeline(
            vertx,
            admission,
            Map.of(Contract.Work.GUARD, token, Contract.Work.STORE, store),
            meters,
            new Random(1),
            setup.deadline(),
            new RequestPipeline.Log(refusals, new LimitedLog(defects::add, () -> 0), true),
            System::nanoTime);
    port =
        ApiServer.of(
            vertx,
            new ApiServer.Settings("127.0.0.1", 0, Optional.of(tls(pki)), HANDSHAKES, 2),
            new ApiServer.Parts(
                admission,
                pipeline,
                new CardCalls(domain)
                    .bind(new ChallengeCalls(domain, PICTURES).bind(new Contract())),
                List.of(
                    PICTURES.page(),
                    KeyPages.receiptKeys(() -> Optional.of("{\"keys\":[]}")),
                    OpenApi.page()),
                new GrpcHealth(vertx, readiness),
                new Limits(MAX_BODY, setup.reflection()),
                meters,
                refusals));
    number = wait(port.listen());
  }

  static ApiServer.Tls tls(TestPki pki) {
    return new ApiServer.Tls(
        pki.file("server.pem"), pki.file("server-key.pem"), pki.file("ca.pem"));
  }

  private Identities identities(Setup setup) {
    return Identities.byCertificate(
        ClientCa.read(pki.file("ca.pem")),
        List.of(
            new Client("front-end", Role.FRONT_END, setup.maxInFlight()),
            new Client("back-office", Role.BACK_OFFICE, setup.maxInFlight())));
  }

  /// A REST client with that certificate, over HTTP/1.1 or HTTP/2.
  WebClient rest(String name, HttpVersion version) {
    return WebClient.create(vertx, new WebClientOptions(tls(name, version)));
  }

  HttpClientOptions tls(String name, HttpVersion version) {
    return new HttpClientOptions()
        .setSsl(true)
        .setUseAlpn(true)
        .setProtocolVersion(version)
        .setDefaultHost("localhost")
        .setDefaultPort(number)
        .setTrustOptions(pki.trust())
        .setKeyCertOptions(pki.identity(name));
  }

  GrpcClient grpc(String name) {
    return GrpcClient.client(vertx, tls(name, HttpVersion.HTTP_2));
  }

  /// How many there are, of everybody.
  int connections() {
    return (int) meters.registry().get("karuta.connections").gauge().value();
  }

  SocketAddress address() {
    return SocketAddress.inetSocketAddress(number, "localhost");
  }

  /// Sends one request and returns what came back.
  RestReply send(WebClient client, String method, String path, @Nullable String type, byte[] body) {
    var request = client.request(HttpMethod.valueOf(method), path);
    if (type != null) {
      request.putHeader("content-type", type);
    }
    var response =
        wait(
            body.length == 0
                ? request.send()
                : request.sendBuffer(io.vertx.core.buffer.Buffer.buffer(body)));
    return new RestReply(
        response.statusCode(),
        String.valueOf(response.getHeader("content-type")),
        response.headers(),
        response.bodyAsString() == null ? "" : response.bodyAsString());
  }

  /// What comes of it, however long that takes: a test that waits in vain is ended by the time every test has.
  static <T> T wait(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("nothing came of it", e);
    }
  }

  @Override
  public void close() {
    wait(port.shutdown(Duration.ofSeconds(2)));
    token.close();
    store.close();
    wait(vertx.close());
  }
}
