package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;

/// Plain HTTP requests: what no client of the contract would send, and the management port.
record RawHttp(WebClient client) {
  static RawHttp to(Vertx vertx, URI server, WebClientOptions options) {
    return new RawHttp(
        WebClient.create(
            vertx, options.setDefaultHost(server.getHost()).setDefaultPort(server.getPort())));
  }

  HttpResponse<Buffer> send(HttpMethod method, String path, String contentType, Buffer body) {
    var request = client.request(method, path);
    if (!contentType.isEmpty()) {
      request.putHeader("content-type", contentType);
    }
    return Waiting.on(request.sendBuffer(body));
  }

  HttpResponse<Buffer> get(String path) {
    return Waiting.on(client.get(path).send());
  }

  /// The body of a GET, empty if there is none.
  String text(String path) {
    var body = get(path).bodyAsString();
    return body == null ? "" : body;
  }
}
