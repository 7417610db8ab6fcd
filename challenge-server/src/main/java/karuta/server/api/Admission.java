package karuta.server.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import karuta.log.LimitedLog;
import karuta.server.health.Abort;

/// The one way in, for every request of either transport, health and reflection included: who calls, whether the
/// client's share has room, whether the server is being shut down. Nothing else of a request is looked at before.
public final class Admission {
  /// How long a reply may take to leave, beyond the time there is for making it.
  private static final Duration LEAVING = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Peers peers;
  private final LongSupplier nanoClock;
  private final Duration longest;
  private final Map<String, AtomicInteger> shares = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Promise<Void> drained = Promise.promise();
  private volatile boolean draining;

  /// Lets in the clients of a table.
  ///
  /// @param deadline how long a request may take until its reply is made
  /// @param time tells when certificates end
  /// @param nanoClock as {@link System#nanoTime}
  /// @param refusals where those are named who were not let in
  public Admission(
      Vertx vertx,
      Identities identities,
      Duration deadline,
      InstantSource time,
      LongSupplier nanoClock,
      LimitedLog refusals) {
    this.vertx = vertx;
    this.longest = deadline.plus(LEAVING);
    this.peers = new Peers(identities, longest, time, nanoClock, refusals);
    this.nanoClock = nanoClock;
  }

  Peers peers() {
    return peers;
  }

  boolean draining() {
    return draining;
  }

  /// Lets a request in.
  ///
  /// A caller who takes the reply too slowly is not waited for: the stream is reset, an HTTP/1.1 connection cut off.
  ///
  /// @return to be left when the reply is out
  /// @throws CallRefused if the caller is nobody, has too much under way, or is too late
  Place enter(HttpServerRequest request) {
    var peer = peers.of(request.connection());
    var client = peer.requireClient();
    underWay.incrementAndGet();
    if (draining) {
      left();
      throw new CallRefused(Code.SHUTTING_DOWN);
    }
    var share = shares.computeIfAbsent(client.name(), _ -> new AtomicInteger());
    if (share.incrementAndGet() > client.maxInFlight()) {
      share.decrementAndGet();
      left();
      throw new CallRefused(Code.TOO_MANY_REQUESTS);
    }
    peer.began();
    var timer = vertx.setTimer(longest.toMillis(), _ -> cut(request));
    return new Place(
        client,
        () -> {
          vertx.cancelTimer(timer);
          peer.ended(nanoClock.getAsLong());
          share.decrementAndGet();
          left();
        });
  }

  private static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      Abort.now(request.connection());
    }
  }

  private void left() {
    if (underWay.decrementAndGet() == 0 && draining) {
      drained.tryComplete();
    }
  }

  /// From now on every new request is told to ask another server.
  ///
  /// @return completes when the reply of the last request that was let in is out
  Future<Void> drain() {
    draining = true;
    if (underWay.get() == 0) {
      drained.tryComplete();
    }
    return drained.future();
  }
}
