package karuta.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.database.DatabaseSettings;
import karuta.database.TimeOfRecord;
import karuta.guard.client.Guard;
import karuta.guard.client.SocketGuard;
import karuta.server.api.ApiServer;
import karuta.server.api.Client;
import karuta.server.api.Role;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.config.ServerConfig;
import karuta.server.store.Store;
import karuta.server.testing.Bank;

/// A whole server over a store of its own and a guard of the test's, on free ports.
public final class TestServing {
  /// For a request, and for a shutdown: no test of a whole server is about how long they may take.
  private static final Duration LONG = Duration.ofHours(1);

  private TestServing() {}

  /// The certificates such a server needs, in a directory.
  public static TestPki pki(Path directory) throws Exception {
    return new TestPki(directory, "Test CA")
        .issue("server", "CN=localhost")
        .issue("front-end", "CN=front-end")
        .issue("back-office", "CN=back-office");
  }

  /// Starts the server.
  public static Serving start(
      TestPki pki, Policy policy, DatabaseSettings store, Guard guard, InstantSource time)
      throws Exception {
    return Serving.start(
        config(pki, policy, store),
        new Ground(Store.open(store), guard, () -> {}, TimeOfRecord.of(time)));
  }

  /// Starts the server on a machine with this clock; it keeps time as a server does.
  static Serving startOnMachine(
      TestPki pki, DatabaseSettings settings, Guard guard, InstantSource machine) throws Exception {
    var store = Store.open(settings);
    return Serving.start(
        config(pki, Policy.standard(), settings),
        new Ground(store, guard, () -> {}, store.clock(machine)));
  }

  /// Starts a server of a developer: no TLS, and every caller is the front end.
  static Serving startWithoutTls(TestPki pki, DatabaseSettings store, Guard guard)
      throws Exception {
    var front = new Client("front-end", Role.FRONT_END, 64);
    var development = new ServerConfig.Development(false, Optional.of(front));
    return Serving.start(
        config(pki, Optional.empty(), Policy.standard(), store, development),
        new Ground(Store.open(store), guard, () -> {}, TimeOfRecord.of(InstantSource.system())));
  }

  private static ServerConfig config(TestPki pki, Policy policy, DatabaseSettings store)
      throws Exception {
    var tls =
        new ApiServer.Tls(pki.file("server.pem"), pki.file("server-key.pem"), pki.file("ca.pem"));
    var development = new ServerConfig.Development(true, Optional.empty());
    return config(pki, Optional.of(tls), policy, store, development);
  }

  private static ServerConfig config(
      TestPki pki,
      Optional<ApiServer.Tls> tls,
      Policy policy,
      DatabaseSettings store,
      ServerConfig.Development development)
      throws Exception {
    return new ServerConfig(
        new ServerConfig.Api(
            "127.0.0.1", 0, tls, new ApiServer.Handshakes(64, 128), 65_536, LONG, LONG, 2, true),
        new ServerConfig.Management("127.0.0.1", 0),
        new SocketGuard.Settings(Path.of("/absent"), 4, LONG),
        new ServerConfig.Epochs("serial", Map.of()),
        Bank.AUDIENCE,
        store,
        TestPki.certificate(pki.file("ca.pem")),
        policy,
        new ServerConfig.Lanes(64, 4, 64),
        List.of(
            new Client("front-end", Role.FRONT_END, 64),
            new Client("back-office", Role.BACK_OFFICE, 64)),
        development);
  }

  /// A REST client of that server.
  public static WebClient client(Vertx vertx, TestPki pki, String name, int port) {
    return WebClient.create(
        vertx,
        new WebClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setDefaultHost("localhost")
            .setDefaultPort(port)
            .setTrustOptions(pki.trust())
            .setKeyCertOptions(pki.identity(name)));
  }

  /// Posts JSON and returns the reply's, whatever its status.
  public static JsonObject post(WebClient client, String path, JsonObject body) throws Exception {
    return new JsonObject(
        String.valueOf(
            client
                .post(path)
                .putHeader("content-type", "application/json")
                .sendBuffer(body.toBuffer())
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .bodyAsString()));
  }
}
