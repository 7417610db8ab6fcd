package karuta.server.api;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Locale;

/// The closed list of error codes, the same on both transports. The spelling is a promise: callers decide by it.
/// docs/api.md lists them, and a test keeps the two equal.
public enum Code {
  MALFORMED_REQUEST(GrpcStatus.INVALID_ARGUMENT, 400, "the request cannot be read"),
  UNKNOWN_FIELD(
      GrpcStatus.INVALID_ARGUMENT, 400, "the request has a field the contract does not know"),
  INVALID_FIELD(
      GrpcStatus.INVALID_ARGUMENT, 400, "a field is missing or not what the contract says"),
  PATH_CONFLICT(GrpcStatus.INVALID_ARGUMENT, 400, "the body says otherwise than the path"),
  NOTICE_NOT_CONFIRMED(
      GrpcStatus.INVALID_ARGUMENT, 400, "the customer has not confirmed the notice"),
  UNKNOWN_SUBJECT(GrpcStatus.NOT_FOUND, 404, "no subject of this name is registered"),
  CARD_NOT_FOUND(GrpcStatus.NOT_FOUND, 404, "there is no such card"),
  CHALLENGE_NOT_FOUND(GrpcStatus.NOT_FOUND, 404, "there is no such challenge"),
  PICTURE_NOT_FOUND(GrpcStatus.NOT_FOUND, 404, "there is no such picture"),
  NOT_ELIGIBLE(
      GrpcStatus.FAILED_PRECONDITION, 409, "customers on one-time passwords get no image card"),
  NO_ACTIVE_CARD(GrpcStatus.FAILED_PRECONDITION, 409, "the subject has no card in use"),
  NO_MAILED_CARD(
      GrpcStatus.FAILED_PRECONDITION,
      409,
      "the subject has no card on its way that could be switched on"),
  CARD_LOCKED(
      GrpcStatus.FAILED_PRECONDITION, 409, "the card is locked after too many wrong answers"),
  CARD_SUSPENDED(GrpcStatus.FAILED_PRECONDITION, 409, "the card is suspended"),
  CHALLENGE_SETTLED(
      GrpcStatus.FAILED_PRECONDITION,
      409,
      "the challenge has its verdict, and this is not a retry of the answer that got it"),
  IDEMPOTENCY_CONFLICT(
      GrpcStatus.ALREADY_EXISTS, 409, "the idempotency key was used for another challenge"),
  BOOK_EXHAUSTED(
      GrpcStatus.FAILED_PRECONDITION,
      409,
      "the card has too few questions left, it must be replaced"),
  ORDER_OPEN(GrpcStatus.ALREADY_EXISTS, 409, "an order is open already"),
  WRONG_STATE(
      GrpcStatus.FAILED_PRECONDITION, 409, "the state of the card or subject does not allow this"),
  UNKNOWN_CLIENT(
      GrpcStatus.UNAUTHENTICATED,
      401,
      "the client certificate belongs to no client of this server"),
  WRONG_ROLE(GrpcStatus.PERMISSION_DENIED, 403, "the client's role may not call this"),
  UNKNOWN_PATH(GrpcStatus.UNIMPLEMENTED, 404, "there is nothing here"),
  METHOD_NOT_ALLOWED(GrpcStatus.UNIMPLEMENTED, 405, "this path does not take this HTTP method"),
  TOO_LARGE(GrpcStatus.RESOURCE_EXHAUSTED, 413, "the request is too large"),
  UNSUPPORTED_MEDIA_TYPE(
      GrpcStatus.UNIMPLEMENTED,
      415,
      "the body must be application/json in UTF-8, or uncompressed protobuf over gRPC"),
  MISDIRECTED(
      GrpcStatus.PERMISSION_DENIED,
      421,
      "without TLS this server answers only to loopback names, and to no page of a browser"),
  TOO_MANY_REQUESTS(
      GrpcStatus.RESOURCE_EXHAUSTED,
      429,
      true,
      "this client has too many requests under way or too many connections, come back in a moment"),
  INTERNAL(GrpcStatus.INTERNAL, 500, "internal error"),
  INVARIANT_BROKEN(
      GrpcStatus.INTERNAL,
      500,
      "what is stored contradicts a rule of this server; nothing was changed"),
  OVERLOADED(
      GrpcStatus.RESOURCE_EXHAUSTED,
      503,
      true,
      "the server has more to do than it can, come back in a moment"),
  TOKEN_UNAVAILABLE(
      GrpcStatus.UNAVAILABLE,
      503,
      true,
      "answers cannot be judged now; the same answer again costs nothing"),
  STORE_UNAVAILABLE(GrpcStatus.UNAVAILABLE, 503, true, "the store does not answer"),
  SHUTTING_DOWN(GrpcStatus.UNAVAILABLE, 503, true, "this server is being shut down, ask another"),
  DEADLINE_EXCEEDED(
      GrpcStatus.DEADLINE_EXCEEDED,
      504,
      true,
      "not done in time; ask again with the same idempotency key");

  private final GrpcStatus grpc;
  private final int http;
  private final boolean retryable;
  private final String text;

  Code(GrpcStatus grpc, int http, String text) {
    this(grpc, http, false, text);
  }

  Code(GrpcStatus grpc, int http, boolean retryable, String text) {
    this.grpc = grpc;
    this.http = http;
    this.retryable = retryable;
    this.text = text;
  }

  /// The spelling both transports use, for example `card_locked`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
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
