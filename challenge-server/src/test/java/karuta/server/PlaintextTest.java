package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import karuta.database.testing.TestDatabase;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.v1.CardServiceGrpcClient;
import karuta.v1.GetSubjectRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Without TLS, which a developer asks for and gets on loopback alone: one client, under names of this machine only.
class PlaintextTest {
  private static Vertx vertx;
  private static Bank bank;
  private static Serving serving;
  private static GrpcClient grpc;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    vertx = Vertx.vertx();
    var store = TestDatabase.SQLITE.fresh(Store.TABLES);
    bank = Bank.open(store, Policy.standard());
    bank.withActiveCard("customer-1");
    serving = TestServing.startWithoutTls(TestServing.pki(directory), store, bank.guard);
    grpc =
        GrpcClient.client(
            vertx,
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false));
  }

  @AfterAll
  static void stop() throws Exception {
    serving.close();
    bank.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private record Reply(int status, JsonObject json) {}

  private static Reply get(String version, String host, String path) throws Exception {
    return get(version, host, path, "x-nothing");
  }

  /// @param header one more, whose value is a page's origin
  private static Reply get(String version, String host, String path, String header)
      throws Exception {
    var client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.valueOf(version))
                .setHttp2ClearTextUpgrade(false));
    return client
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(address())
                .setHost(host)
                .setPort(serving.apiPort())
                .setURI(path))
        .compose(
            request ->
                request.putHeader(header, "http://localhost").send().compose(PlaintextTest::whole))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static Future<Reply> whole(HttpClientResponse response) {
    return response.body().map(body -> new Reply(response.statusCode(), body.toJsonObject()));
  }

  private static SocketAddress address() {
    return SocketAddress.inetSocketAddress(serving.apiPort(), "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1,localhost",
    "HTTP_1_1,127.0.0.1",
    "HTTP_1_1,[::1]",
    "HTTP_2,localhost",
    "HTTP_2,127.0.0.1"
  })
  void underANameOfThisMachineEveryCallerIsTheOneClient(String version, String host)
      throws Exception {
    var subject = get(version, host, "/v1/subjects/customer-1");
    assertThat(subject.status()).isEqualTo(200);
    assertThat(subject.json().getString("method")).isEqualTo("IMAGE_CARD");
    var orders = get(version, host, "/v1/orders");
    assertThat(orders.status()).isEqualTo(403);
    assertThat(orders.json().getString("code")).isEqualTo("wrong_role");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1,bank.example",
    "HTTP_1_1,localhost.bank.example",
    "HTTP_1_1,192.0.2.7",
    "HTTP_2,bank.example"
  })
  void underAnotherNameThereIsNothing(String version, String host) throws Exception {
    for (var path : new String[] {"/v1/subjects/customer-1", "/openapi.yaml", "/"}) {
      var reply = get(version, host, path);
      assertThat(reply.status()).isEqualTo(421);
      assertThat(reply.json().getString("code")).isEqualTo("misdirected");
    }
  }

  /// A browser says so of whatever a page sends on its own, a form as well as a script.
  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void aPageInABrowserIsNoCaller(String version) throws Exception {
    var reply = get(version, "localhost", "/v1/subjects/customer-1", "origin");
    assertThat(reply.status()).isEqualTo(421);
    assertThat(reply.json().getString("code")).isEqualTo("misdirected");
  }

  @Test
  void grpcIsThereUnderANameOfThisMachine() throws Exception {
    var subject =
        CardServiceGrpcClient.create(
                grpc, SocketAddress.inetSocketAddress(serving.apiPort(), "localhost"))
            .getSubject(GetSubjectRequest.newBuilder().setSubject("customer-1").build())
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    assertThat(subject.getCardsCount()).isEqualTo(1);
  }

  @Test
  void grpcUnderAnotherNameIsRefusedBeforeItsDoor() throws Exception {
    var status =
        vertx
            .createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false))
            .request(
                new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setServer(address())
                    .setHost("bank.example")
                    .setPort(serving.apiPort())
                    .setURI("/karuta.v1.CardService/GetSubject"))
            .compose(request -> request.putHeader("content-type", "application/grpc").send())
            .map(response -> response.statusCode())
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    assertThat(status).isEqualTo(421);
  }

  @Test
  void reflectionIsOffUnlessItIsAskedFor() {
    assertThatThrownBy(
            () ->
                GrpcProbe.services(
                    grpc, SocketAddress.inetSocketAddress(serving.apiPort(), "localhost")))
        .hasMessageContaining("UNIMPLEMENTED");
  }
}
