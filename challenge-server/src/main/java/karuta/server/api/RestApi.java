package karuta.server.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The REST transport: mounted at start from the HTTP rules of the contract, so that there is one contract and not two.
///
/// Every request passes the same steps: client (401), its share (429), path (404), method (405), role (403), media type
/// (415), size (413), JSON (400), then {@link RequestPipeline}. Every error is a {@link Problem}.
final class RestApi {
  private static final String TRANSPORT = "rest";
  private static final String PLACE = "karuta.place";
  private static final String CALL = "karuta.call";
  private static final String BODY_TIMER = "karuta.body-timer";
  private static final String REQUEST_ID = "karuta.request-id";

  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private final Admission admission;
  private final RequestPipeline pipeline;
  private final Router router;

  RestApi(
      Vertx vertx,
      Admission admission,
      RequestPipeline pipeline,
      List<Operation<?, ?>> operations,
      List<Page> pages,
      Limits limits) {
    this.admission = admission;
    this.pipeline = pipeline;
    this.router = Router.router(vertx);
    var body = BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes());
    router.route().handler(this::begin).failureHandler(this::fail);
    pages.forEach(this::mount);
    endpoints(operations).forEach(endpoints -> mount(endpoints, body));
    router.route().handler(_ -> refuse(Code.UNKNOWN_PATH));
  }

  /// Where everything that is not gRPC goes.
  void handle(HttpServerRequest request) {
    var path = request.path();
    if (path == null || !path.startsWith("/")) {
      refuse(request, Code.UNKNOWN_PATH);
    } else if (request.authority() == null || BROKEN_ESCAPE.matcher(path).find()) {
      // the router would take either for a fault of its own
      refuse(request, Code.MALFORMED_REQUEST);
    } else {
      router.handle(request);
    }
  }

  /// What HTTP itself found wrong: a broken request line, a header too long.
  void invalid(HttpServerRequest request) {
    request.response().putHeader("connection", "close");
    refuse(request, Code.MALFORMED_REQUEST);
  }

  /// A request without TLS that a page in a browser may have sent.
  void misdirected(HttpServerRequest request) {
    refuse(request, Code.MISDIRECTED);
  }

  private void refuse(HttpServerRequest request, Code code) {
    var id = pipeline.newRequestId();
    request
        .response()
        .setStatusCode(code.http())
        .putHeader("cache-control", "no-store")
        .putHeader("x-content-type-options", "nosniff");
    send(
        request,
        Problem.MEDIA_TYPE,
        id,
        Buffer.buffer(new Problem(new CallRefused(code), id).toJson()));
    pipeline.unrouted(TRANSPORT, id, request.connection(), code);
  }

  private record Endpoint<Q extends Message, A extends Message>(
      HttpRule rule, Operation<Q, A> operation) {
    static <Q extends Message, A extends Message> Endpoint<Q, A> of(Operation<Q, A> operation) {
      return new Endpoint<>(HttpRule.of(operation.method()), operation);
    }
  }

  /// Endpoints with the same path stand together; the more of a path is literal, the earlier it is tried.
  private static List<Map<String, Endpoint<?, ?>>> endpoints(List<Operation<?, ?>> operations) {
    var byTemplate = new HashMap<String, Map<String, Endpoint<?, ?>>>();
    for (var operation : operations) {
      var endpoint = Endpoint.of(operation);
      var verbs = byTemplate.computeIfAbsent(endpoint.rule().template(), _ -> new TreeMap<>());
      if (verbs.putIfAbsent(endpoint.rule().verb(), endpoint) != null) {
        throw new IllegalArgumentException(operation.name() + ": its path is taken");
      }
    }
    return byTemplate.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                (Map.Entry<String, ?> entry) -> -entry.getKey().replaceAll("\\{.*?}", "").length()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toList());
  }

  private void begin(RoutingContext context) {
    context.put(REQUEST_ID, pipeline.newRequestId());
    context
        .response()
        .putHeader("cache-control", "no-store")
        .putHeader("x-content-type-options", "nosniff");
    var place = admission.enter(context.request());
    context.put(PLACE, place);
    context.addEndHandler(
        end -> {
          if (end.failed()) {
            place.leave();
          }
        });
    context.next();
  }

  private void mount(Page page) {
    router
        .routeWithRegex(page.path().pattern())
        .handler(
            context -> {
              requireMethod(context, Set.of("GET"));
              var path = context.normalizedPath();
              var content = page.content().apply(path);
              content.headers().forEach(context.response()::putHeader);
              send(context, content.mediaType(), content.body());
            });
  }

  private void mount(Map<String, Endpoint<?, ?>> verbs, BodyHandler body) {
    var path = verbs.values().iterator().next().rule().path().pattern();
    // three routes, because vertx-web wants a route's body handler before all others of that route
    router
        .routeWithRegex(path)
        .handler(
            context -> {
              requireMethod(context, verbs.keySet());
              admit(context, Objects.requireNonNull(verbs.get(verb(context))));
            });
    router.routeWithRegex(path).handler(body);
    router
        .routeWithRegex(path)
        .handler(context -> answer(context, Objects.requireNonNull(verbs.get(verb(context)))));
  }

  /// Over HTTP/2 the library would send the body of an answer to HEAD.
  private static Future<Void> send(
      HttpServerRequest request, String mediaType, String requestId, Buffer body) {
    var response =
        request
            .response()
            .putHeader("content-type", mediaType)
            .putHeader("x-request-id", requestId)
            .putHeader("content-length", Integer.toString(body.length()));
    return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
  }

  /// HEAD is GET whose body stays at home.
  private static String verb(RoutingContext context) {
    var method = context.request().method().name();
    return method.equals("HEAD") ? "GET" : method;
  }

  private static void requireMethod(RoutingContext context, Set<String> allowed) {
    if (!allowed.contains(verb(context))) {
      var all = new TreeSet<>(allowed);
      if (all.contains("GET")) {
        all.add("HEAD");
      }
      context.response().putHeader("allow", String.join(", ", all));
      throw new CallRefused(Code.METHOD_NOT_ALLOWED);
    }
  }

  /// Sends the reply; with its last byte the request gives its place back.
  private static void send(RoutingContext context, String mediaType, Buffer body) {
    var id = Objects.requireNonNull(context.<String>get(REQUEST_ID));
    @Nullable Place place = context.get(PLACE);
    send(context.request(), mediaType, id, body)
        .onComplete(
            _ -> {
              if (place != null) {
                place.leave();
              }
            });
  }

  private <Q extends Message, A extends Message> void admit(
      RoutingContext context, Endpoint<Q, A> endpoint) {
    var id = Objects.requireNonNull(context.<String>get(REQUEST_ID));
    Place place = Objects.requireNonNull(context.get(PLACE));
    var call = pipeline.call(endpoint.operation(), TRANSPORT, id, place.client());
    context.put(CALL, call);
    call.requireRole();
    if (endpoint.rule().hasBody()) {
      MediaTypes.requireJson(context.request().headers());
    }
    context.put(
        BODY_TIMER, context.vertx().setTimer(call.patience(0), _ -> giveUpOnBody(context, call)));
    context.addEndHandler(
        end -> {
          context.vertx().cancelTimer(Objects.requireNonNull(context.<Long>get(BODY_TIMER)));
          if (end.failed()) {
            call.abandon();
            call.end("gone");
          }
        });
    context.next();
  }

  /// The caller is told, and whatever still arrives is not read.
  private static void giveUpOnBody(RoutingContext context, ApiCall<?, ?> call) {
    call.abandon();
    var request = context.request();
    context.addEndHandler(
        _ -> {
          if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
          } else {
            request.connection().close();
          }
        });
    context.fail(new CallRefused(Code.DEADLINE_EXCEEDED));
  }

  private <Q extends Message, A extends Message> void answer(
      RoutingContext context, Endpoint<Q, A> endpoint) {
    ApiCall<Q, A> call = Objects.requireNonNull(context.get(CALL));
    context.vertx().cancelTimer(Objects.requireNonNull(context.<Long>get(BODY_TIMER)));
    call.answer(read(context, endpoint), 0)
        .map(JsonMessages::print)
        .onComplete(
            json -> {
              call.end("ok");
              send(context, "application/json", Buffer.buffer(json));
            },
            context::fail);
  }

  private static <Q extends Message, A extends Message> Q read(
      RoutingContext context, Endpoint<Q, A> endpoint) {
    var rule = endpoint.rule();
    var path = new HashMap<FieldDescriptor, String>();
    for (var i = 0; i < rule.variables().size(); i++) {
      path.put(rule.variables().get(i), context.pathParam("param" + i));
    }
    var query = List.copyOf(context.queryParams().entries());
    var buffer = context.body().buffer();
    var body = buffer == null ? new byte[0] : buffer.getBytes();
    if (body.length > 0 && context.request().getHeader("content-type") == null) {
      refuse(Code.UNSUPPORTED_MEDIA_TYPE);
    }
    if (rule.hasBody() ? !query.isEmpty() : body.length > 0) {
      refuse(rule.hasBody() ? Code.UNKNOWN_FIELD : Code.MALFORMED_REQUEST);
    }
    @SuppressWarnings("unchecked") // a message builds messages of its own type
    var request =
        (Q)
            (rule.hasBody()
                ? JsonMessages.read(endpoint.operation().request(), body, path)
                : JsonMessages.read(endpoint.operation().request(), query, path));
    return request;
  }

  private static void refuse(Code code) {
    throw new CallRefused(code);
  }

  private void fail(RoutingContext context) {
    var refused = told(context);
    var code = refused.code();
    var id = Objects.requireNonNull(context.<String>get(REQUEST_ID));
    @Nullable ApiCall<?, ?> call = context.get(CALL);
    if (call == null) {
      pipeline.unrouted(TRANSPORT, id, context.request().connection(), code);
    } else {
      call.end(code.wire());
    }
    if (!context.response().headWritten()) {
      if (code.retryable()) {
        context.response().putHeader("retry-after", "1");
      }
      context.response().setStatusCode(code.http());
      send(context, Problem.MEDIA_TYPE, Buffer.buffer(new Problem(refused, id).toJson()));
    }
  }

  /// The router itself fails with a status and no exception of ours: a body over the limit, a path that cannot be
  /// decoded.
  private static CallRefused told(RoutingContext context) {
    var failure = context.failure();
    if (failure instanceof CallRefused refused) {
      return refused;
    }
    return switch (context.statusCode()) {
      case 413 -> new CallRefused(Code.TOO_LARGE);
      case 400 -> new CallRefused(Code.MALFORMED_REQUEST);
      default -> failure == null ? new CallRefused(Code.INTERNAL) : Failures.told(failure);
    };
  }
}
