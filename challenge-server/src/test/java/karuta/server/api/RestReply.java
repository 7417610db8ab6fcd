package karuta.server.api;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/// What a REST request got.
record RestReply(int status, String type, MultiMap headers, String body) {
  JsonObject json() {
    return new JsonObject(body);
  }

  String code() {
    return json().getString("code");
  }
}
