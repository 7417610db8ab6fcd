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
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The JDK's TLS, with a limit of handshakes under way for each address: who opens connections and says nothing takes none from others. It is nobody yet who
/// does that, so no limit by name can hold.
final class HandshakeLimit extends JdkSSLEngineOptions {
  /// Handshakes of one address under way at once. A front end that starts opens as many connections as it may have.
  static final int UNDER_WAY = 64;

  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final Runnable refused;

  /// @param refused told of each connection that is closed
  HandshakeLimit(Runnable refused) {
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

  private void enter(String address) {
    if (underWay.merge(address, 1, Integer::sum) > UNDER_WAY) {
      leave(address);
      refused.run();
      throw new TooMany();
    }
  }

  private void leave(String address) {
    underWay.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }

  /// Ends the connection before it has begun: whoever sets up a channel closes it when that fails.
  private static final class TooMany extends IllegalStateException {
    private static final long serialVersionUID = 1;

    TooMany() {
      super("too many TLS handshakes of one address");
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private final class Limited extends DelegatingSslContext {
    Limited(SslContext context) {
      super(context);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, String host, int port, boolean startTls, Executor tasks) {
      enter(host);
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
