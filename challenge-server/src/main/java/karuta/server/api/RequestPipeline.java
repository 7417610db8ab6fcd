package karuta.server.api;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import karuta.server.lane.Lane;
import karuta.server.metrics.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way from a transport to the domain, the same for gRPC and REST: role, texts, lane, deadline, metrics,
/// errors. Who comes by here has been let in by {@link Admission}.
///
/// A request is admitted before a byte of its body is looked at, and answered on a lane. Its deadline counts from the
/// first header: a body that comes too slowly is not waited for, work still waiting then is never begun, nor is work
/// whose caller has gone; work already begun goes on to its end, because an answer half done is worse than a late one,
/// and the caller is told to ask again with the same idempotency key.
public final class RequestPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

  private final Vertx vertx;
  private final Admission admission;
  private final Map<Contract.Work, Lane> lanes;
  private final Meters meters;
  private final RandomGenerator random;
  private final Duration deadline;
  private final Log log;
  private final LongSupplier nanoClock;

  /// Work of each client that waits on a lane or is being done, though its caller may have had the reply, or be gone.
  private final Map<String, AtomicInteger> working = new ConcurrentHashMap<>();

  /// Where requests are told of. What others can have happen as often as they like is told with a limit.
  ///
  /// @param refusals requests that were refused
  /// @param defects requests that failed by a fault of this server, or by what is stored
  /// @param all whether requests that went well are told of too
  public record Log(LimitedLog refusals, LimitedLog defects, boolean all) {}

  /// Puts the way together.
  ///
  /// @param admission who has let requests in
  /// @param lanes where each kind of work runs
  /// @param random request ids are drawn from it; they are no secrets
  /// @param deadline how long a request may take, unless its caller is less patient
  /// @param log where requests are told of
  /// @param nanoClock as {@link System#nanoTime}
  public RequestPipeline(
      Vertx vertx,
      Admission admission,
      Map<Contract.Work, Lane> lanes,
      Meters meters,
      RandomGenerator random,
      Duration deadline,
      Log log,
      LongSupplier nanoClock) {
    this.vertx = vertx;
    this.admission = admission;
    this.lanes = Map.copyOf(lanes);
    this.meters = meters;
    this.random = random;
    this.deadline = deadline;
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /// Makes a request id: 16 hexadecimal digits.
  String newRequestId() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  /// @param client who calls, as {@link Admission} has found out
  <Q extends Message, A extends Message> ApiCall<Q, A> call(
      Operation<Q, A> operation, String transport, String requestId, Client client) {
    return new ApiCall<>(this, operation, transport, requestId, client, nanoClock.getAsLong());
  }

  <Q extends Message, A extends Message> Future<A> answer(
      ApiCall<Q, A> call, Client client, Q request, long patienceMillis) {
    try {
      Texts.check(request);
    } catch (CallRefused refused) {
      return Future.failedFuture(refused);
    }
    var share = working.computeIfAbsent(client.name(), _ -> new AtomicInteger());
    if (share.incrementAndGet() > client.maxInFlight()) {
      share.decrementAndGet();
      return Future.failedFuture(new CallRefused(Code.TOO_MANY_REQUESTS));
    }
    Promise<A> reply = Promise.promise();
    if (!enqueue(call, client, request, reply, share)) {
      share.decrementAndGet();
      var code = admission.draining() ? Code.SHUTTING_DOWN : Code.OVERLOADED;
      return Future.failedFuture(new CallRefused(code));
    }
    var patience = patience(call, patienceMillis);
    var timer =
        vertx.setTimer(
            patience,
            _ -> {
              call.abandon();
              reply.tryFail(new CallRefused(Code.DEADLINE_EXCEEDED));
            });
    return reply
        .future()
        .onComplete(_ -> vertx.cancelTimer(timer))
        .recover(failure -> Future.failedFuture(told(call, failure)));
  }

  /// Puts the work on its lane. The reply comes back on the context this was called on.
  private <Q extends Message, A extends Message> boolean enqueue(
      ApiCall<Q, A> call, Client client, Q request, Promise<A> reply, AtomicInteger share) {
    var context = vertx.getOrCreateContext();
    var lane = lanes.get(call.operation().rule().work());
    return lane != null
        && lane.offer(
            () -> {
              try {
                if (call.abandoned()) {
                  meters.dropped(lane.name()).increment();
                } else {
                  var answer = call.operation().call().answer(client, request);
                  context.runOnContext(_ -> reply.tryComplete(answer));
                }
              } catch (Throwable failure) {
                context.runOnContext(_ -> reply.tryFail(failure));
              } finally {
                share.decrementAndGet();
              }
            });
  }

  /// How many milliseconds a request still has, at least one.
  ///
  /// @param callersMillis the caller's own patience, counted from the first header; 0 if none was named
  long patience(ApiCall<?, ?> call, long callersMillis) {
    var most = deadline.toMillis();
    var patience = callersMillis > 0 ? Math.min(callersMillis, most) : most;
    var spent = (nanoClock.getAsLong() - call.began()) / 1_000_000;
    return Math.max(1, patience - spent);
  }

  private CallRefused told(ApiCall<?, ?> call, Throwable failure) {
    var refused = Failures.told(failure);
    if (refused.code() == Code.INTERNAL || refused.code() == Code.INVARIANT_BROKEN) {
      var method = call.operation().name();
      log.defects()
          .line(
              method + " " + refused.code().wire(),
              () ->
                  "request=%s method=%s failed by a defect, %s: %s"
                      .formatted(
                          call.requestId(),
                          method,
                          refused.code().wire(),
                          StackSummary.line(failure)));
    }
    meters.failed(failure);
    return refused;
  }

  /// A request that was refused before it was known what it asked for.
  void unrouted(String transport, String requestId, HttpConnection connection, Code code) {
    meters.request(transport, "none", code.wire(), 0);
    var client = admission.peers().name(connection);
    log.refusals()
        .line(
            client + " " + code.wire(),
            () ->
                "request=%s transport=%s client=%s code=%s"
                    .formatted(requestId, transport, client, code.wire()));
  }

  void ended(ApiCall<?, ?> call, String code) {
    var nanos = nanoClock.getAsLong() - call.began();
    var method = call.operation().method().getName();
    var client = call.client().name();
    meters.request(call.transport(), method, code, nanos);
    meters.called(client, method, code);
    if (!code.equals("ok")) {
      log.refusals().line(client + " " + code, () -> line(call, client, code, nanos));
    } else if (log.all()) {
      LOG.info("{}", line(call, client, code, nanos));
    }
  }

  /// Says what was left out of the log and is over.
  void flush() {
    log.refusals().flush();
    log.defects().flush();
  }

  private static String line(ApiCall<?, ?> call, String client, String code, long nanos) {
    return "request=%s transport=%s method=%s client=%s code=%s ms=%d"
        .formatted(
            call.requestId(),
            call.transport(),
            call.operation().name(),
            client,
            code,
            nanos / 1_000_000);
  }
}
