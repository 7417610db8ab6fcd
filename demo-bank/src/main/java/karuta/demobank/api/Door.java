package karuta.demobank.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One certificate's way into the server: sends and reads the contract's messages as JSON and turns every way of failing
/// into one of two exceptions.
///
/// Calls wait for the reply, so they belong on a virtual thread. Each has a deadline.
final class Door {
  /// Longer than the server's own deadline, so that it is the server that says what was not done in time.
  private static final long TIMEOUT_MILLIS = 12_000;

  private static final int CONNECT_MILLIS = 5_000;

  /// The contract says which fields are printed always; a client that fails on a new field would break with each release.
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final WebClient client;
  private final URI base;

  Door(Vertx vertx, URI base, WebClientOptions options) {
    this.client =
        WebClient.create(
            vertx,
            options.setConnectTimeout(CONNECT_MILLIS),
            new PoolOptions().setHttp1MaxSize(32));
    this.base = base;
  }

  /// Calls a method of the contract.
  ///
  /// @param body the request message, or null for a call without body
  /// @param reply a builder of the reply message
  /// @throws ApiRefusal when the server says no
  /// @throws ApiUnavailable when it says nothing, or not now
  <B extends Message.Builder> B call(
      HttpMethod method, String path, @Nullable Message body, B reply) {
    var response = send(method, path, body);
    if (response.statusCode() / 100 != 2) {
      throw failure(response);
    }
    try {
      PARSER.merge(response.bodyAsString("UTF-8"), reply);
      return reply;
    } catch (InvalidProtocolBufferException e) {
      throw ApiUnavailable.unheard("unreadable-reply", e);
    }
  }

  /// Fetches bytes, such as a picture.
  Buffer fetch(String path) {
    var response = send(HttpMethod.GET, path, null);
    if (response.statusCode() != 200) {
      throw failure(response);
    }
    return Objects.requireNonNull(response.bodyAsBuffer());
  }

  private HttpResponse<Buffer> send(HttpMethod method, String path, @Nullable Message body) {
    var request = client.requestAbs(method, base.resolve(path).toString()).timeout(TIMEOUT_MILLIS);
    Future<HttpResponse<Buffer>> sent;
    if (body == null) {
      sent = request.send();
    } else {
      sent =
          request
              .putHeader("content-type", "application/json")
              .sendBuffer(Buffer.buffer(json(body)));
    }
    return Objects.requireNonNull(
        sent.recover(e -> Future.failedFuture(ApiUnavailable.unheard("no-connection", e))).await());
  }

  private static String json(Message body) {
    try {
      return PRINTER.print(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a message of the contract cannot be written", e);
    }
  }

  private static RuntimeException failure(HttpResponse<Buffer> response) {
    var code = code(response);
    var status = response.statusCode();
    if (status == 429 || status == 503) {
      return ApiUnavailable.notNow(code);
    }
    // Not done in time, or broken on the way: it may be done all the same.
    return status >= 500 ? ApiUnavailable.unheard(code, null) : new ApiRefusal(status, code);
  }

  private static String code(HttpResponse<Buffer> response) {
    try {
      var problem = response.bodyAsJsonObject();
      var code = problem == null ? null : problem.getString("code");
      return code == null
          ? "http-" + response.statusCode()
          : code.toLowerCase(Locale.ROOT).replace('_', '-');
    } catch (DecodeException | ClassCastException _) {
      return "http-" + response.statusCode();
    }
  }
}
