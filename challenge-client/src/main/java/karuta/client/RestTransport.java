package karuta.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// REST: the proto3 JSON of the contract's messages over HTTP/1.1 or HTTP/2.
final class RestTransport implements Transport {
  /// The contract may get new fields; a client that fails on one would break with each release.
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private final HttpClient client;
  private final URI base;
  private final Duration deadline;
  private final Map<Method<?, ?>, HttpRoute> routes = new ConcurrentHashMap<>();

  RestTransport(Vertx vertx, Endpoint endpoint) {
    this(client(vertx, endpoint), endpoint);
  }

  RestTransport(HttpClient client, Endpoint endpoint) {
    this.client = client;
    this.base = endpoint.base();
    this.deadline = endpoint.deadline();
  }

  private static HttpClient client(Vertx vertx, Endpoint endpoint) {
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) endpoint.connect().toMillis())
            .setProtocolVersion(endpoint.http());
    endpoint.identity().ifPresent(identity -> identity.applyTo(options));
    return vertx.createHttpClient(
        options,
        new PoolOptions()
            .setHttp1MaxSize(endpoint.connections())
            .setHttp2MaxSize(endpoint.connections()));
  }

  /// A reply as it came.
  record Reply(int status, String type, String requestId, Buffer body) {}

  @Override
  public <Q extends Message, A extends Message> Future<A> call(Method<Q, A> method, Q request) {
    var route = routes.computeIfAbsent(method, one -> HttpRoute.of(one.descriptor()));
    return send(route.verb(), route.target(request), route.body(request))
        .map(reply -> read(method, reply));
  }

  /// A plain GET, for what is not a message of the contract: a picture, the receipt keys.
  Future<Buffer> get(String path) {
    return send(HttpMethod.GET, path, "")
        .map(
            reply -> {
              requireOk(reply);
              return reply.body();
            });
  }

  private Future<Reply> send(HttpMethod verb, String target, String body) {
    var options =
        new RequestOptions()
            .setMethod(verb)
            .setAbsoluteURI(base.resolve(target).toString())
            .setTimeout(deadline.toMillis());
    if (!body.isEmpty()) {
      options.putHeader("content-type", "application/json");
    }
    return client
        .request(options)
        .compose(
            request ->
                // inside: listening from the caller's thread, it could listen when the body has
                // gone by
                (body.isEmpty() ? request.send() : request.send(body))
                    .compose(RestTransport::whole))
        .recover(cause -> Future.failedFuture(Unavailable.unheard("no reply", cause)));
  }

  private static Future<Reply> whole(HttpClientResponse response) {
    return response
        .body()
        .map(
            bytes ->
                new Reply(
                    response.statusCode(),
                    header(response.getHeader("content-type")),
                    header(response.getHeader("x-request-id")),
                    bytes));
  }

  private static String header(@Nullable String value) {
    return Optional.ofNullable(value).orElse("");
  }

  private static <A extends Message> A read(Method<?, A> method, Reply reply) {
    requireOk(reply);
    try {
      var builder = method.reply().newBuilderForType();
      PARSER.merge(reply.body().toString(), builder);
      @SuppressWarnings("unchecked") // a message builds messages of its own type
      var message = (A) builder.build();
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw Unavailable.unheard("a reply that cannot be read", e);
    }
  }

  private static void requireOk(Reply reply) {
    if (reply.status() == 200) {
      return;
    }
    if (!reply.type().startsWith("application/problem+json")) {
      throw Unavailable.unheard("HTTP status " + reply.status() + " without a problem", null);
    }
    try {
      var problem = new JsonObject(reply.body());
      throw CallFailed.said(
          problem.getString("code", ""),
          problem.getBoolean("retryable", false),
          problem.getString("field"),
          problem.getString("requestId", reply.requestId()));
    } catch (DecodeException | ClassCastException e) {
      throw Unavailable.unheard("a problem that cannot be read", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
