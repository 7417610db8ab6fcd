package karuta.server.api;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import karuta.log.LimitedLog;
import karuta.server.health.Abort;

/// Who is connected. Each client has so many connections and no more; a few more are told so and ended, all others are
/// closed. A connection that asks nothing is ended, and so is one whose certificate ends while it is open.
final class Peers {
  /// How long a connection may ask nothing.
  static final Duration QUIET = Duration.ofSeconds(75);

  /// For all together whom the table does not name: enough to be told so.
  private static final int CONNECTIONS_OF_NOBODY = 8;

  /// Connections of one client beyond its limit that are told so; a client library that sees no more than a closed
  /// connection may try for ever.
  static final int TOLD = 8;

  /// How long a connection beyond the limit is left open to be told so.
  static final Duration TELLING = Duration.ofSeconds(1);

  /// For a connection on which nothing is under way.
  static final Duration AT_ONCE = Duration.ofSeconds(1);

  /// How long the end of a connection may take to reach the other side, before it is cut off.
  static final Duration CLOSING = Duration.ofSeconds(2);

  private final Duration longest;
  private final InstantSource time;
  private final LongSupplier nanoClock;
  private final LimitedLog refusals;
  private final Map<HttpConnection, Peer> peers = new ConcurrentHashMap<>();
  private volatile Identities identities;

  /// @param longest how long a request may be under way: what has begun on a connection that is ended is waited for
  /// @param time tells when certificates end
  /// @param nanoClock as {@link System#nanoTime}
  Peers(
      Identities identities,
      Duration longest,
      InstantSource time,
      LongSupplier nanoClock,
      LimitedLog refusals) {
    this.longest = longest;
    this.identities = identities;
    this.time = time;
    this.nanoClock = nanoClock;
    this.refusals = refusals;
  }

  /// A connection stands, its TLS handshake done.
  void opened(HttpConnection connection) {
    var peer = new Peer(connection, nanoClock.getAsLong());
    peers.put(connection, peer);
    Identities known;
    do {
      // others may be put in their place meanwhile
      known = identities;
      peer.judge(known);
    } while (known != identities);
    connection.closeHandler(_ -> peers.remove(connection));
    if (peer.client().isEmpty()) {
      refusals.line(
          "nobody's certificates",
          () -> "a connection of nobody in the table: " + peer.described());
    }
    limit(connection, peer);
  }

  /// One at a time, or two that come at once would each take the other for the last that may stay.
  private synchronized void limit(HttpConnection connection, Peer peer) {
    var most = peer.client().map(Client::maxConnections).orElse(CONNECTIONS_OF_NOBODY);
    var name = name(peer);
    if (count(name, false) <= most) {
      return;
    }
    peer.exceed();
    refusals.line(
        name + " connections",
        () -> "client=%s has %d connections, another is refused".formatted(name, most));
    if (peer.client().isEmpty() || count(name, true) > TOLD) {
      connection.close();
    }
  }

  private long count(String name, boolean excess) {
    return peers.values().stream()
        .filter(peer -> peer.excess() == excess && name(peer).equals(name))
        .count();
  }

  private static String name(Peer peer) {
    return peer.client().map(Client::name).orElse("-");
  }

  /// How many connections there are.
  int count() {
    return peers.size();
  }

  /// The peer behind a connection.
  ///
  /// @throws CallRefused with {@link Code#UNKNOWN_CLIENT} if there is none
  Peer of(HttpConnection connection) {
    var peer = peers.get(connection);
    if (peer == null) {
      throw new CallRefused(Code.UNKNOWN_CLIENT);
    }
    return peer;
  }

  /// The name of the client behind a connection, for logs; `-` if there is none.
  String name(HttpConnection connection) {
    var peer = peers.get(connection);
    return peer == null ? "-" : name(peer);
  }

  /// From now on others may call. Who is connected is asked to connect anew, because the certificate was judged by the
  /// old rules.
  void replace(Identities now) {
    identities = now;
    peers.forEach(
        (connection, peer) -> {
          peer.judge(now);
          end(connection, peer, longest);
        });
  }

  /// Ends what should have ended. To be called every second or so.
  void tend() {
    var now = time.instant();
    peers.forEach(
        (connection, peer) -> {
          if (peer.isOverdue(nanoClock.getAsLong())) {
            Abort.now(connection);
          } else if (peer.certificateHasEnded(now)) {
            refusals.line(
                name(peer) + " certificate",
                () -> "a certificate has ended during its connection: " + peer.described());
            peer.disown();
            end(connection, peer, longest);
          } else if (peer.isQuiet(nanoClock.getAsLong(), peer.excess() ? TELLING : QUIET)) {
            end(connection, peer, AT_ONCE);
          }
        });
  }

  /// The other side is told, and what is under way waited for; whoever does not fetch what was sent is not.
  private void end(HttpConnection connection, Peer peer, Duration patience) {
    peer.endBy(nanoClock.getAsLong() + patience.plus(CLOSING).toNanos());
    var _ = connection.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
