package karuta.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import karuta.log.ToldElsewhere;
import karuta.v1.GetSubjectRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no HTTP library sends, and somebody will: everything gets its code at once, and the next request is answered.
class WireTest {
  private static TestServer server;
  private static HttpClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
    client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect(String name) throws IOException {
    return server.pki.context(name).getSocketFactory().createSocket("localhost", server.number);
  }

  /// Reads one reply: its head, and of its body as much as it says.
  private static String reply(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        return head + "the end";
      }
      head.append((char) next);
    }
    var length = head.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1");
    return head + new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Host: [::1\r\n", "Host: a:b\r\n"})
  void aRequestWithoutASoundHostIsMalformed(String host) throws Exception {
    try (var socket = connect("front-end")) {
      socket
          .getOutputStream()
          .write(("GET /v1/subjects/c1 HTTP/1.1\r\n" + host + "\r\n").getBytes(ISO_8859_1));
      assertThat(reply(socket.getInputStream()))
          .startsWith("HTTP/1.1 400")
          .contains("\"malformed_request\"");
    }
  }

  @Test
  void requestsThatAreSentBeforeTheirRepliesAreAllAnswered() throws Exception {
    var requests = 300;
    try (var socket = connect("front-end")) {
      var text = "GET /v1/subjects/c1 HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests);
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      for (var i = 0; i < requests; i++) {
        assertThat(reply(socket.getInputStream())).startsWith("HTTP/1.1 200");
      }
    }
  }

  /// Each stream takes memory, so a connection is told of how many it may have at once (RFC 9113, section 6.5.2).
  @Test
  void aConnectionHasSoManyStreamsAtOnce() throws Exception {
    try (var socket =
        (SSLSocket)
            server
                .pki
                .context("front-end")
                .getSocketFactory()
                .createSocket("localhost", server.number)) {
      var protocols = socket.getSSLParameters();
      protocols.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(protocols);
      var empty = new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0};
      socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
      socket.getOutputStream().write(empty);
      var in = new DataInputStream(socket.getInputStream());
      var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      assertThat(in.readUnsignedByte()).as("a frame of settings").isEqualTo(4);
      in.skipNBytes(5);
      var settings = new HashMap<Integer, Integer>();
      for (var read = 0; read < length; read += 6) {
        settings.put(in.readUnsignedShort(), in.readInt());
      }
      assertThat(settings).as("SETTINGS_MAX_CONCURRENT_STREAMS").containsEntry(3, 128);
    }
  }

  @Test
  void whatIsNotTlsIsCountedAndSaid() throws Exception {
    var before = refusedHandshakes("not-tls");
    try (var socket = new Socket("localhost", server.number)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes().length).isLessThan(100);
    }
    awaitRefusedHandshake("not-tls", before);
    assertThat(server.log).anyMatch(line -> line.equals("no connection: not-tls"));
  }

  @Test
  void anEmptyCertificateIsCounted() {
    var before = refusedHandshakes("no-certificate");
    var options = server.tls("front-end", HttpVersion.HTTP_2);
    options.setKeyCertOptions(null);
    var nobody = server.vertx.createHttpClient(options);
    assertThatThrownBy(() -> TestServer.wait(get(nobody))).isInstanceOf(RuntimeException.class);
    awaitRefusedHandshake("no-certificate", before);
  }

  @Test
  void aForgedCertificateIsCounted(@TempDir Path directory) throws Exception {
    // of the same issuer's name: a client does not even show what the server has not asked for
    var forged = new TestPki(directory, "Test CA").issue("front-end", "CN=front-end");
    var before = refusedHandshakes("untrusted-certificate");
    var options = server.tls("front-end", HttpVersion.HTTP_2);
    options.setKeyCertOptions(forged.identity("front-end"));
    var foreign = server.vertx.createHttpClient(options);
    assertThatThrownBy(() -> TestServer.wait(get(foreign))).isInstanceOf(RuntimeException.class);
    awaitRefusedHandshake("untrusted-certificate", before);
  }

  @Test
  void anEndedCertificateIsCounted() throws Exception {
    server.pki.issueEnded("ended", "CN=front-end");
    var before = refusedHandshakes("ended-certificate");
    var late = server.vertx.createHttpClient(server.tls("ended", HttpVersion.HTTP_2));
    assertThatThrownBy(() -> TestServer.wait(get(late))).isInstanceOf(RuntimeException.class);
    awaitRefusedHandshake("ended-certificate", before);
  }

  @Test
  void olderTlsIsCounted() {
    var before = refusedHandshakes("no-common-protocol");
    var options = server.tls("front-end", HttpVersion.HTTP_2);
    options.setEnabledSecureTransportProtocols(java.util.Set.of("TLSv1.2"));
    var old = server.vertx.createHttpClient(options);
    assertThatThrownBy(() -> TestServer.wait(get(old))).isInstanceOf(RuntimeException.class);
    awaitRefusedHandshake("no-common-protocol", before);
  }

  private static Future<Integer> get(HttpClient from) {
    return from.request(HttpMethod.GET, "/v1/subjects/c1")
        .compose(request -> request.send().map(HttpClientResponse::statusCode));
  }

  private static double refusedHandshakes(String reason) {
    return server.meters.handshakesRefused(reason).count();
  }

  private static void awaitRefusedHandshake(String reason, double before) {
    while (refusedHandshakes(reason) <= before) {
      Thread.onSpinWait();
    }
  }

  /// Who opens connections and says nothing is cut off, and takes none from those who go on.
  @Test
  void anAddressHasSoManyHandshakesUnderWayAndNoMore() throws Exception {
    assertThat(TestServer.wait(get(client))).isEqualTo(200);
    var before = refusedHandshakes("too-many");
    var said = new LinkedBlockingQueue<LogRecord>();
    var library = Logger.getLogger("io.netty.channel.ChannelInitializer");
    library.setFilter(record -> !said.add(record));
    var silent = new ArrayList<Socket>();
    for (var i = 0; i <= TestServer.HANDSHAKES.ofOneAddress(); i++) {
      silent.add(new Socket("localhost", server.number));
    }
    awaitRefusedHandshake("too-many", before);
    assertThat(said.take().getThrown())
        .as("what the library says of it is known for what the log leaves out")
        .isInstanceOf(ToldElsewhere.class);
    library.setFilter(null);
    assertThat(TestServer.wait(get(client))).as("over a connection that stands").isEqualTo(200);
    for (var socket : silent) {
      socket.close();
    }
    var later = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
    while (TestServer.wait(get(later).otherwise(0)) != 200) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aMessageMarkedAsCompressedIsRefusedAtOnce() {
    var message = GetSubjectRequest.newBuilder().setSubject("c1").build().toByteArray();
    var frame = Buffer.buffer().appendByte((byte) 1).appendInt(message.length).appendBytes(message);
    assertThat(grpc(frame)).isEqualTo("unsupported_media_type");
  }

  @Test
  void aMessageOfTwentyMegabytesSpoilsNothing() {
    var large = Buffer.buffer().appendByte((byte) 0).appendInt(20_000_000);
    assertThat(grpc(large.appendBytes(new byte[20_000_000]))).isEqualTo("too_large");
    for (var i = 0; i < 3; i++) {
      assertThat(TestServer.wait(get(client))).isEqualTo(200);
    }
  }

  private static String grpc(Buffer body) {
    return TestServer.wait(
        client
            .request(HttpMethod.POST, "/karuta.v1.CardService/GetSubject")
            .compose(
                request -> {
                  var reply = request.putHeader("content-type", "application/grpc").response();
                  request.end(body);
                  return reply;
                })
            .compose(
                response ->
                    response
                        .end()
                        .transform(
                            _ -> {
                              var trailers = response.trailers();
                              var code = trailers.get("karuta-code");
                              return Future.succeededFuture(
                                  code == null ? response.headers().get("karuta-code") : code);
                            })));
  }
}
