package karuta.server.api;

import io.vertx.grpc.common.GrpcStatus;

/// The closed list of error codes, the same on both doors. The spelling is a promise: callers decide by it. docs/api.md lists
/// them, and a test keeps the two equal.
public enum Code {
  MALFORMED_REQUEST(
      "malformed-request", GrpcStatus.INVALID_ARGUMENT, 400, "the request cannot be read"),
  UNKNOWN_FIELD(
      "unknown-field",
      GrpcStatus.INVALID_ARGUMENT,
      400,
      "the request has a field the contract does not know"),
  INVALID_FIELD(
      "invalid-field",
      GrpcStatus.INVALID_ARGUMENT,
      400,
      "a field is missing or not what the contract says"),
  PATH_CONFLICT(
      "path-conflict",
      GrpcStatus.INVALID_ARGUMENT,
      400,
      "the body says otherwise than the path"),
  UNKNOWN_CLIENT(
      "unknown-client",
      GrpcStatus.UNAUTHENTICATED,
      401,
      "the client certificate belongs to no client of this server"),
  WRONG_ROLE(
      "wrong-role", GrpcStatus.PERMISSION_DENIED, 403, "the client's role may not call this"),
  UNKNOWN_PATH("unknown-path", GrpcStatus.UNIMPLEMENTED, 404, "there is nothing here"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed",
      GrpcStatus.UNIMPLEMENTED,
      405,
      "this path does not take this HTTP method"),
  TOO_LARGE("too-large", GrpcStatus.RESOURCE_EXHAUSTED, 413, "the request is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type",
      GrpcStatus.UNIMPLEMENTED,
      415,
      "the body must be application/json in UTF-8, or uncompressed protobuf over gRPC"),
  MISDIRECTED(
      "misdirected",
      GrpcStatus.PERMISSION_DENIED,
      421,
      "without TLS this server answers only to loopback names"),
  TOO_MANY_REQUESTS(
      "too-many-requests",
      GrpcStatus.RESOURCE_EXHAUSTED,
      429,
      true,
      "this client has too many requests under way, come back in a moment"),
  INTERNAL("internal", GrpcStatus.INTERNAL, 500, "internal error"),
  OVERLOADED(
      "overloaded",
      GrpcStatus.RESOURCE_EXHAUSTED,
      503,
      true,
      "the server has more to do than it can, come back in a moment"),
  TOKEN_UNAVAILABLE(
      "token-unavailable",
      GrpcStatus.UNAVAILABLE,
      503,
      true,
      "the token does not answer, nothing was counted"),
  STORE_UNAVAILABLE(
      "store-unavailable", GrpcStatus.UNAVAILABLE, 503, true, "the store does not answer"),
  SHUTTING_DOWN(
      "shutting-down",
      GrpcStatus.UNAVAILABLE,
      503,
      true,
      "this server is being shut down, ask another"),
  DEADLINE_EXCEEDED(
      "deadline-exceeded",
      GrpcStatus.DEADLINE_EXCEEDED,
      504,
      true,
      "not done in time; ask again with the same idempotency key");

  private final String wire;
  private final GrpcStatus grpc;
  private final int http;
  private final boolean retryable;
  private final String text;

  Code(String wire, GrpcStatus grpc, int http, String text) {
    this(wire, grpc, http, false, text);
  }

  Code(String wire, GrpcStatus grpc, int http, boolean retryable, String text) {
    this.wire = wire;
    this.grpc = grpc;
    this.http = http;
    this.retryable = retryable;
    this.text = text;
  }

  /// The spelling both doors use.
  public String wire() {
    return wire;
  }

  /// The status over gRPC.
  public GrpcStatus grpc() {
    return grpc;
  }

  /// The status over REST.
  public int http() {
    return http;
  }

  /// Whether the same request may succeed if sent again, unchanged.
  public boolean retryable() {
    return retryable;
  }

  /// What a person may be told.
  public String text() {
    return text;
  }
}
