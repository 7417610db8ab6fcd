package karuta.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import karuta.log.LimitedLog;
import karuta.server.metrics.Meters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever reaches the management port holds no more connections than there are for all, and none without an end.
class ManagementTest {
  private static final int PATIENCE_MS = 20_000;
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicLong nanos = new AtomicLong();
  private final ArrayList<Socket> sockets = new ArrayList<>();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    var log = new LimitedLog(lines::add, nanos::get);
    var readiness = new Readiness(Map.of(), meters, Duration.ofMinutes(1), log);
    port =
        new Management(vertx, meters, readiness, nanos::get, log)
            .listen("127.0.0.1", 0)
            .await(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  @AfterEach
  void close() throws Exception {
    for (var socket : sockets) {
      socket.close();
    }
    vertx.close().await(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Asks whether the server lives, and reads the whole reply.
  private static void assertAnswered(Socket socket) throws IOException {
    send(socket, LIVE);
    var reply = new StringBuilder();
    while (!reply.toString().endsWith("}")) {
      var read = socket.getInputStream().read();
      assertThat(read).as("the connection was ended after '%s'", reply).isNotNegative();
      reply.append((char) read);
    }
    assertThat(reply.toString()).startsWith("HTTP/1.1 200 ");
  }

  /// Waits for the end of a connection, whichever way it is told; what was sent on it last may have met a closed door.
  private static void assertEnded(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // a reply to what came before
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void thereAreNoMoreConnectionsThanThereAreForAll() throws Exception {
    for (var i = 0; i < Management.MOST_CONNECTIONS; i++) {
      assertAnswered(connect());
    }
    assertEnded(connect());
    assertThat(lines).containsExactly("the management port has 64 connections, another is refused");
    for (var held : sockets.subList(0, Management.MOST_CONNECTIONS)) {
      assertAnswered(held);
    }
    sockets.getFirst().close();
    assertLetIn();
  }

  /// The server learns of the end of a connection after whoever has ended it.
  private void assertLetIn() throws IOException {
    for (var until = System.nanoTime() + PATIENCE_MS * 1_000_000L; ; ) {
      var socket = connect();
      try {
        send(socket, LIVE);
        if (socket.getInputStream().read() >= 0) {
          return;
        }
      } catch (SocketException e) {
        // refused
      }
      assertThat(System.nanoTime()).as("a connection was let in").isLessThan(until);
    }
  }

  @Test
  void aConnectionThatAsksNothingWholeIsEndedHoweverOftenItSaysSomething() throws Exception {
    var silent = connect();
    var slow = connect();
    assertAnswered(silent);
    assertAnswered(slow);
    send(slow, "GET /metrics HTTP/1.1\r\nhost: localhost\r\n");
    for (var seconds = 0; seconds < 75; seconds += 15) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
      send(slow, "x-slow: " + seconds + "\r\n");
    }
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertEnded(silent);
    assertEnded(slow);
  }

  @Test
  void aConnectionThatIsUsedStays() throws Exception {
    var used = connect();
    var before = connect();
    assertAnswered(before);
    for (var minute = 0; minute < 5; minute++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(40));
      assertAnswered(used);
      var other = connect();
      assertAnswered(other);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(40));
      // so the port has looked at all of them
      assertEnded(before);
      before = other;
    }
    assertAnswered(used);
  }

  /// Replies that nobody fetches are no reason to stay.
  @Test
  void aConnectionThatFetchesNothingIsEnded() throws Exception {
    var deaf = connect();
    deaf.setReceiveBufferSize(1_024);
    var asking =
        CompletableFuture.supplyAsync(
            () -> {
              for (var asked = 0; ; asked++) {
                try {
                  send(deaf, "GET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n");
                } catch (IOException e) {
                  return asked;
                }
              }
            });
    for (var until = System.nanoTime() + PATIENCE_MS * 1_000_000L; !asking.isDone(); ) {
      assertThat(System.nanoTime()).as("the connection was ended").isLessThan(until);
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void thereIsNoSecondProtocolWithManyRequestsOnOneConnection() throws Exception {
    var upgrade = connect();
    send(
        upgrade,
        """
        GET /health/live HTTP/1.1\r
        host: localhost\r
        connection: Upgrade, HTTP2-Settings\r
        upgrade: h2c\r
        http2-settings: AAMAAABkAAQAAP__\r
        \r
        """);
    var status = new String(upgrade.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    assertThat(status).isEqualTo("HTTP/1.1 200");
    var direct = connect();
    send(direct, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    var reply = new String(direct.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    assertThat(reply).isIn("", "HTTP/");
  }
}
