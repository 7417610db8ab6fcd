package karuta.client;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// gRPC over the same port. The code of a refusal comes in the trailers, which the generated stubs drop.
final class GrpcTransport implements Transport {
  private final GrpcClient client;
  private final SocketAddress server;
  private final Duration deadline;

  GrpcTransport(Vertx vertx, Endpoint endpoint) {
    this(client(vertx, endpoint), endpoint);
  }

  GrpcTransport(GrpcClient client, Endpoint endpoint) {
    this.client = client;
    this.server =
        SocketAddress.inetSocketAddress(endpoint.base().getPort(), endpoint.base().getHost());
    this.deadline = endpoint.deadline();
  }

  private static GrpcClient client(Vertx vertx, Endpoint endpoint) {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setConnectTimeout((int) endpoint.connect().toMillis());
    endpoint.identity().ifPresent(identity -> identity.applyTo(options));
    return GrpcClient.client(vertx, options);
  }

  @Override
  public <Q extends Message, A extends Message> Future<A> call(Method<Q, A> method, Q request) {
    return client
        .request(server, serviceMethod(method))
        .compose(
            call ->
                call.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .send(request)
                    .compose(GrpcTransport::reply))
        .recover(
            cause ->
                Future.failedFuture(
                    cause instanceof CallFailed failed
                        ? failed
                        : Unavailable.unheard("no reply", cause)));
  }

  private static <Q extends Message, A extends Message> ServiceMethod<A, Q> serviceMethod(
      Method<Q, A> method) {
    return ServiceMethod.client(
        ServiceName.create(method.descriptor().getService().getFullName()),
        method.name(),
        GrpcMessageEncoder.encoder(),
        GrpcMessageDecoder.decoder(method.reply()));
  }

  /// The status is there once the reply has ended; in a refusal without a message it comes with the headers.
  private static <Q, A> Future<A> reply(GrpcClientResponse<Q, A> response) {
    return response
        .end()
        .transform(
            ended -> {
              var status = response.status();
              if (status == GrpcStatus.OK) {
                return response.last();
              }
              return Future.failedFuture(failure(response));
            });
  }

  private static CallFailed failure(GrpcClientResponse<?, ?> response) {
    var code = said(response, "karuta-code");
    if (code.isEmpty()) {
      return Unavailable.unheard("gRPC status " + response.status() + " without a code", null);
    }
    return CallFailed.said(
        code.get(),
        Boolean.parseBoolean(said(response, "karuta-retryable").orElse("false")),
        said(response, "karuta-field").orElse(null),
        said(response, "karuta-request-id").orElse(""));
  }

  private static Optional<String> said(GrpcClientResponse<?, ?> response, String name) {
    return in(response.trailers(), name).or(() -> in(response.headers(), name));
  }

  private static Optional<String> in(@Nullable MultiMap map, String name) {
    return map == null ? Optional.empty() : Optional.ofNullable(map.get(name));
  }

  @Override
  public void close() {
    client.close();
  }
}
