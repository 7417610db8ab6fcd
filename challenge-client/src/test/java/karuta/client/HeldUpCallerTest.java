package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import karuta.v1.GetSubjectRequest;
import karuta.v1.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A caller's thread may be held up between two of its steps, on a busy machine for longer than a reply takes. What the
/// event loop then reads from the connection must not be read past a listener that is not there yet.
class HeldUpCallerTest {
  private static final Subject REPLY = Subject.newBuilder().setSubject("c1").build();

  private final Vertx vertx = Vertx.vertx();
  private Endpoint endpoint;

  @BeforeEach
  void listen() {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(HeldUpCallerTest::reply)
            .listen(0, "127.0.0.1")
            .await();
    endpoint =
        new Endpoint(
            URI.create("http://127.0.0.1:" + server.actualPort()),
            Optional.empty(),
            HttpVersion.HTTP_1_1,
            1,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static void reply(HttpServerRequest request) {
    var response = request.response();
    if (request.version() == HttpVersion.HTTP_2) {
      var message = Buffer.buffer(REPLY.toByteArray());
      response.putHeader("content-type", "application/grpc");
      response.putTrailer("grpc-status", "0");
      response.end(
          Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message));
    } else {
      response.end("{\"subject\": \"c1\"}");
    }
  }

  /// A client whose caller goes on after the first step of a call only when that step is long done.
  private static <C> C heldUp(Class<C> type, C client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              var result = invoke(client, method, arguments);
              return result instanceof Future<?> first ? heldUp(first) : result;
            }));
  }

  private static Future<?> heldUp(Future<?> first) {
    return (Future<?>)
        Proxy.newProxyInstance(
            Future.class.getClassLoader(),
            new Class<?>[] {Future.class},
            (_, method, arguments) -> {
              var result = invoke(first, method, arguments);
              if (result instanceof Future<?> second && !Context.isOnEventLoopThread()) {
                second.await();
                Thread.sleep(100); // the rest of a small reply has come by then
              }
              return result;
            });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void restReadsTheWholeReply() {
    var client = heldUp(HttpClient.class, vertx.createHttpClient());
    assertThat(subject(new RestTransport(client, endpoint))).isEqualTo(REPLY);
  }

  @Test
  void grpcReadsTheWholeReply() {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    var client = heldUp(GrpcClient.class, GrpcClient.client(vertx, options));
    assertThat(subject(new GrpcTransport(client, endpoint))).isEqualTo(REPLY);
  }

  private static Subject subject(Transport transport) {
    return KarutaClient.await(
        transport.call(
            Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject("c1").build()));
  }
}
