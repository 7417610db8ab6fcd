package karuta.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections: whose they are, how many there may be, and when they end.
class PeersTest {
  private static TestServer server(Path directory) throws Exception {
    return new TestServer(directory, TestServer.Setup.usual());
  }

  private static int status(TestServer server, WebClient client) {
    return server.send(client, "GET", "/v1/subjects/c1", null, new byte[0]).status();
  }

  private static String key(TestServer server, String name) {
    return Identities.key(TestPki.certificate(server.pki.file(name + ".pem")));
  }

  private static Identities table(TestPki pki, Set<String> keys, int connections) {
    return Identities.byCertificate(
        ClientCa.read(pki.file("ca.pem")),
        List.of(new Client("front-end", Role.FRONT_END, 100, connections, keys)));
  }

  /// The front end's client.
  ///
  /// @param gone is given a permit when its connection ends
  private static WebClient whoseEndIsSeen(TestServer server, Semaphore gone) {
    return WebClient.wrap(
        server
            .vertx
            .httpClientBuilder()
            .with(server.tls("front-end", HttpVersion.HTTP_2))
            .withConnectHandler(connection -> connection.closeHandler(_ -> gone.release()))
            .build());
  }

  @Test
  void aNameIsOfItsKeysAndOfNoOther(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      server.pki.issue("namesake", "CN=front-end");
      var keys = Set.of(key(server, "front-end"), "0".repeat(64));
      TestServer.wait(
          server.port.reload(Optional.of(TestServer.tls(server.pki)), table(server.pki, keys, 64)));

      assertThat(status(server, server.rest("front-end", HttpVersion.HTTP_2))).isEqualTo(200);
      assertThat(status(server, server.rest("namesake", HttpVersion.HTTP_2))).isEqualTo(401);
      assertThat(server.log)
          .anyMatch(
              line -> line.contains("CN=front-end") && line.contains(key(server, "namesake")));
    }
  }

  @Test
  void aCertificateThatEndsEndsItsConnection(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var gone = new Semaphore(0);
      assertThat(status(server, whoseEndIsSeen(server, gone))).isEqualTo(200);
      server.time.pass(Duration.ofDays(10_000));
      gone.acquire();
      assertThat(server.log).anyMatch(line -> line.contains("a certificate has ended"));
    }
  }

  @Test
  void aConnectionThatAsksNothingIsEnded(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var gone = new Semaphore(0);
      assertThat(status(server, whoseEndIsSeen(server, gone))).isEqualTo(200);
      // counted from when the reply was out, which the server may learn after whoever has read it
      while (!gone.tryAcquire()) {
        server.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        Thread.onSpinWait();
      }
    }
  }

  /// Whoever is let in nowhere asks on and reads no reply: the end of the connection is not theirs to put off.
  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void aConnectionThatFetchesNothingIsEnded(HttpVersion version, @TempDir Path directory)
      throws Exception {
    try (var server = server(directory);
        var deaf = (SSLSocket) server.pki.context("stranger").getSocketFactory().createSocket()) {
      deaf.setReceiveBufferSize(1_024);
      deaf.connect(new InetSocketAddress("localhost", server.number));
      var parameters = deaf.getSSLParameters();
      parameters.setApplicationProtocols(
          new String[] {version == HttpVersion.HTTP_2 ? "h2" : "http/1.1"});
      deaf.setSSLParameters(parameters);
      var asked = new Semaphore(0);
      var asking =
          CompletableFuture.supplyAsync(
              () -> version == HttpVersion.HTTP_2 ? askByFrames(deaf) : askByLines(deaf, asked));
      if (version == HttpVersion.HTTP_1_1) {
        // so many replies are more than lies between the two
        asked.acquire(20_000);
      } else {
        asking.join();
      }
      while (server.connections() == 0) {
        Thread.onSpinWait();
      }
      server.nanos.addAndGet(Peers.QUIET.plusSeconds(1).toNanos());
      while (server.connections() > 0) {
        server.nanos.addAndGet(Duration.ofMillis(1).toNanos());
        Thread.onSpinWait();
      }
      asking.join();
    }
  }

  /// Requests of HTTP/1.1 one after another, until it is over.
  private static int askByLines(SSLSocket socket, Semaphore asked) {
    var request = "GET /v1/subjects/c1 HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(US_ASCII);
    for (var number = 0; ; number++) {
      try {
        socket.getOutputStream().write(request);
        asked.release();
      } catch (IOException e) {
        return number;
      }
    }
  }

  /// Twelve requests of HTTP/2, with no room for the body of any reply (RFC 9113, section 6.9.2).
  private static int askByFrames(SSLSocket socket) {
    var authority = "localhost";
    var path = "/v1/subjects/c1";
    var out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    out.writeBytes(new byte[] {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0});
    for (var number = 0; number < 12; number++) {
      var length = 2 + 2 + path.length() + 2 + authority.length();
      out.writeBytes(new byte[] {0, 0, (byte) length, 1, 5, 0, 0, 0, (byte) (2 * number + 1)});
      // GET, https, and both texts as literals without an index (RFC 7541, section 6.2.2)
      out.writeBytes(new byte[] {(byte) 0x82, (byte) 0x87, 4, (byte) path.length()});
      out.writeBytes(path.getBytes(US_ASCII));
      out.writeBytes(new byte[] {1, (byte) authority.length()});
      out.writeBytes(authority.getBytes(US_ASCII));
    }
    try {
      socket.getOutputStream().write(out.toByteArray());
      return 12;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void aConnectionTooManyIsToldSoOnBothTransports(String kind, @TempDir Path directory)
      throws Exception {
    try (var server = server(directory)) {
      limit(server, 2);
      var others =
          List.of(
              server.rest("front-end", HttpVersion.HTTP_2),
              server.rest("front-end", HttpVersion.HTTP_2));
      others.forEach(client -> assertThat(status(server, client)).isEqualTo(200));
      var third =
          kind.equals("rest")
              ? ApiTransport.rest(server, "front-end")
              : ApiTransport.grpc(server, "front-end");
      var operation = OverloadTest.operation("GetSubject");
      var told = third.ask(operation, Samples.of(operation));
      assertThat(told.code()).isEqualTo("too_many_requests");
      assertThat(told.retryable()).isTrue();
      others.forEach(client -> assertThat(status(server, client)).isEqualTo(200));
      assertThat(server.log).anyMatch(line -> line.contains("client=front-end has 2 connections"));
    }
  }

  @Test
  void aConnectionTooManyIsEndedWhenItWasTold(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      limit(server, 1);
      var first = server.rest("front-end", HttpVersion.HTTP_2);
      assertThat(status(server, first)).isEqualTo(200);
      var gone = new Semaphore(0);
      assertThat(status(server, whoseEndIsSeen(server, gone))).isEqualTo(429);
      server.nanos.addAndGet(Peers.TELLING.plusMillis(1).toNanos());
      gone.acquire();
      assertThat(status(server, first)).isEqualTo(200);
    }
  }

  @Test
  void ofConnectionsTooManyAFewAreToldSoAndTheOthersClosed(@TempDir Path directory)
      throws Exception {
    try (var server = server(directory)) {
      limit(server, 1);
      // kept: a client that nobody refers to is closed with its connection by the garbage collector
      var clients = new ArrayList<WebClient>();
      for (var i = 0; i <= Peers.TOLD; i++) {
        clients.add(server.rest("front-end", HttpVersion.HTTP_2));
        assertThat(status(server, clients.getLast())).isEqualTo(i == 0 ? 200 : 429);
      }
      var gone = new Semaphore(0);
      try {
        assertThat(status(server, whoseEndIsSeen(server, gone))).isEqualTo(429);
      } catch (RuntimeException _) {
        // its request may not have been read before it was closed
      }
      gone.acquire();
      assertThat(status(server, clients.getFirst())).isEqualTo(200);
    }
  }

  private static void limit(TestServer server, int connections) {
    var tls = Optional.of(TestServer.tls(server.pki));
    TestServer.wait(server.port.reload(tls, table(server.pki, Set.of(), connections)));
  }

  @Test
  void othersMayCallAfterAReload(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var before = server.rest("front-end", HttpVersion.HTTP_2);
      assertThat(status(server, before)).isEqualTo(200);
      var tls =
          new ApiServer.Tls(
              server.otherPki.file("server.pem"),
              server.otherPki.file("server-key.pem"),
              server.otherPki.file("ca.pem"));
      TestServer.wait(server.port.reload(Optional.of(tls), table(server.otherPki, Set.of(), 64)));

      assertThatThrownBy(() -> status(server, server.rest("front-end", HttpVersion.HTTP_2)))
          .as("the old CA is not known any more, nor is the new one to this client")
          .isInstanceOf(RuntimeException.class);
      var options = server.tls("front-end", HttpVersion.HTTP_2);
      options.setTrustOptions(server.otherPki.trust());
      options.setKeyCertOptions(server.otherPki.identity("front-end"));
      var after = WebClient.wrap(server.vertx.createHttpClient(options));
      assertThat(status(server, after)).isEqualTo(200);
    }
  }

  /// The caller has seen the server's half of the handshake, and holds back the other half until others may call.
  @Test
  void aHandshakeBegunBeforeAReloadEndsUnderTheNewRules(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var began = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      var context =
          server.pki.context(
              "front-end",
              () -> {
                began.countDown();
                OverloadTest.await(goOn);
              });
      try (var socket =
          (SSLSocket) context.getSocketFactory().createSocket("localhost", server.number)) {
        var reply = CompletableFuture.supplyAsync(() -> statusLine(socket));
        began.await();
        var tls =
            new ApiServer.Tls(
                server.otherPki.file("server.pem"),
                server.otherPki.file("server-key.pem"),
                server.otherPki.file("ca.pem"));
        TestServer.wait(server.port.reload(Optional.of(tls), table(server.otherPki, Set.of(), 64)));
        goOn.countDown();
        assertThat(reply.join()).isEqualTo("HTTP/1.1 401 Unauthorized");
      }
      assertThat(server.domain.calls).hasValue(0);
    }
  }

  private static String statusLine(SSLSocket socket) {
    try {
      socket
          .getOutputStream()
          .write("GET /v1/subjects/c1 HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void whatIsUnderWayAtAReloadIsAnswered(HttpVersion version, @TempDir Path directory)
      throws Exception {
    try (var server = server(directory)) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            held.release();
            OverloadTest.await(release);
          });
      var reply = server.rest("front-end", version).get("/v1/subjects/c1").send();
      held.acquire();
      var tls = Optional.of(TestServer.tls(server.pki));
      TestServer.wait(server.port.reload(tls, table(server.pki, Set.of(), 64)));
      // longer than what is quiet is waited for
      Thread.sleep(Peers.AT_ONCE.multipliedBy(2));
      release.countDown();
      assertThat(TestServer.wait(reply).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aReloadThatCannotBeDoneChangesNothing(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var absent = directory.resolve("absent.pem");
      var reload =
          server.port.reload(
              Optional.of(new ApiServer.Tls(absent, absent, absent)),
              table(server.pki, Set.of("x"), 64));
      assertThatThrownBy(() -> TestServer.wait(reload)).isInstanceOf(RuntimeException.class);
      assertThat(status(server, server.rest("front-end", HttpVersion.HTTP_2))).isEqualTo(200);
    }
  }

  @Test
  void whoIsRefusedARoleIsNamed(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var client = server.rest("front-end", HttpVersion.HTTP_2);
      var reply = server.send(client, "GET", "/v1/orders", null, new byte[0]);
      assertThat(reply.status()).isEqualTo(403);
      var id = reply.headers().get("x-request-id");
      assertThat(server.log)
          .anyMatch(
              line ->
                  line.contains("request=" + id)
                      && line.contains("client=front-end")
                      && line.contains("code=wrong_role"));
    }
  }
}
