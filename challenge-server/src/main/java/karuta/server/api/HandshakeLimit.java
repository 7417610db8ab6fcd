package karuta.server.api;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import karuta.log.ToldElsewhere;

/// The JDK's TLS, with a limit of unfinished handshakes for each address and for all together, so that a peer who opens
/// connections and sends nothing neither keeps others out nor uses memory without a limit. The limit is by address,
/// because before the handshake is done the client's name is unknown.
final class HandshakeLimit extends JdkSSLEngineOptions {
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final AtomicInteger inAll = new AtomicInteger();
  private final ApiServer.Handshakes most;
  private final Consumer<HandshakeFailure> refused;

  /// @param refused told of each connection that is closed
  HandshakeLimit(ApiServer.Handshakes most, Consumer<HandshakeFailure> refused) {
    this.most = most;
    this.refused = refused;
  }

  /// The library copies its options; the count is one.
  @Override
  public JdkSSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new DefaultSslContextFactory(SslProvider.JDK, false) {
      @Override
      public SslContext create() throws SSLException {
        return new Limited(super.create());
      }
    };
  }

  /// A handshake begins, unless there are too many.
  boolean enter(String address) {
    if (underWay.merge(address, 1, Integer::sum) > most.ofOneAddress()) {
      forget(address);
      refused.accept(HandshakeFailure.TOO_MANY);
      return false;
    }
    if (inAll.incrementAndGet() > most.inAll()) {
      leave(address);
      refused.accept(HandshakeFailure.TOO_MANY_IN_ALL);
      return false;
    }
    return true;
  }

  /// A handshake that had begun has ended, in whatever way.
  void leave(String address) {
    inAll.decrementAndGet();
    forget(address);
  }

  private void forget(String address) {
    underWay.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Ends the connection before it has begun: whoever sets up a channel closes it when that fails.
  private static final class TooMany extends ToldElsewhere {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("too many TLS handshakes");
    }
  }

  private final class Limited extends DelegatingSslContext {
    Limited(SslContext context) {
      super(context);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, String host, int port, boolean startTls, Executor tasks) {
      if (!enter(host)) {
        throw new TooMany();
      }
      var handler = super.newHandler(allocator, host, port, startTls, tasks);
      handler.handshakeFuture().addListener(_ -> leave(host));
      return handler;
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      // as it is
    }
  }
}
