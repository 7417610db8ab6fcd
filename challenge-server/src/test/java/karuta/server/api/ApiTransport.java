package karuta.server.api;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// The same call through either transport, for tests that must hold for both.
interface ApiTransport {
  /// What came back.
  ///
  /// @param code `ok` or the code of the closed list
  /// @param status the transport's own status, HTTP or gRPC
  /// @param retryable what the transport said about trying again
  record Answer(String code, int status, boolean retryable, String text) {}

  Future<Answer> call(Operation<?, ?> operation, Message request);

  default Answer ask(Operation<?, ?> operation, Message request) {
    return TestServer.wait(call(operation, request));
  }

  static ApiTransport rest(TestServer server, String client) {
    return new Rest(server.rest(client, HttpVersion.HTTP_2));
  }

  static ApiTransport grpc(TestServer server, String client) {
    return new Grpc(server, server.grpc(client));
  }

  /// Sends what the HTTP rule of the contract says.
  record Rest(WebClient client) implements ApiTransport {
    @Override
    public Future<Answer> call(Operation<?, ?> operation, Message request) {
      var rule = HttpRule.of(operation.method());
      var path = rule.template();
      for (var field : rule.variables()) {
        path = path.replace("{" + field.getName() + "}", encode(request.getField(field)));
      }
      var query =
          request.getAllFields().entrySet().stream()
              .filter(entry -> !rule.hasBody() && !rule.variables().contains(entry.getKey()))
              .map(entry -> entry.getKey().getJsonName() + "=" + encode(entry.getValue()))
              .collect(Collectors.joining("&"));
      var http =
          client.request(
              HttpMethod.valueOf(rule.verb()), query.isEmpty() ? path : path + "?" + query);
      var sent =
          rule.hasBody()
              ? http.putHeader("content-type", "application/json").sendBuffer(json(request))
              : http.send();
      return sent.map(
          response -> {
            if (response.statusCode() == 200) {
              return new Answer("ok", 200, false, String.valueOf(response.bodyAsString()));
            }
            var text = String.valueOf(response.bodyAsString());
            var problem = new JsonObject(text);
            return new Answer(
                problem.getString("code"),
                response.statusCode(),
                problem.getBoolean("retryable"),
                text);
          });
    }

    private static Buffer json(Message message) {
      try {
        return Buffer.buffer(JsonFormat.printer().print(message));
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private static String encode(Object value) {
      return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  /// Sends protobuf.
  record Grpc(TestServer server, GrpcClient client) implements ApiTransport {
    @Override
    public Future<Answer> call(Operation<?, ?> operation, Message request) {
      return send(operation, request);
    }

    private <Q extends Message, A extends Message> Future<Answer> send(
        Operation<Q, A> operation, Message message) {
      var service = operation.method().getService();
      ServiceMethod<Buffer, Message> method =
          ServiceMethod.client(
              ServiceName.create(service.getFile().getPackage(), service.getName()),
              operation.method().getName(),
              GrpcMessageEncoder.encoder(),
              GrpcMessageDecoder.IDENTITY);
      return client
          .request(server.address(), method)
          .compose(
              request -> {
                request.end(message);
                return request.response().compose(Grpc::answer);
              });
    }

    static Future<Answer> answer(GrpcClientResponse<?, Buffer> response) {
      var text = new StringBuilder();
      response.handler(message -> text.append(message.toString(StandardCharsets.UTF_8)));
      // the end fails when the status is not OK, which is no failure here
      return response
          .end()
          .transform(
              _ -> {
                if (response.status() == GrpcStatus.OK) {
                  return Future.succeededFuture(new Answer("ok", 0, false, text.toString()));
                }
                var trailers = response.trailers();
                var all = trailers.isEmpty() ? response.headers() : trailers;
                return Future.succeededFuture(
                    new Answer(
                        String.valueOf(all.get("karuta-code")),
                        response.status().code,
                        Boolean.parseBoolean(all.get("karuta-retryable")),
                        response.statusMessage() + all));
              });
    }
  }
}
