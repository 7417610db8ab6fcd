package karuta.demobank.web;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Objects;
import karuta.demobank.api.Karuta;
import karuta.demobank.attack.Attacker;
import karuta.demobank.bank.Bank;
import karuta.demobank.bank.DemoClock;
import karuta.demobank.bank.Letterbox;
import org.jspecify.annotations.Nullable;

/// The demo bank, listening on loopback until it is closed.
public final class Server implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final int port;

  private Server(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /// Starts a demo bank.
  ///
  /// @throws IllegalStateException if the port is taken
  public static Server start(DemoBank demoBank) {
    var vertx = Vertx.vertx();
    var door = new FrontDoor(demoBank);
    vertx
        .deployVerticle(
            door, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .onFailure(_ -> vertx.close())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return new Server(vertx, Objects.requireNonNull(door.http).actualPort());
  }

  /// The address to open in a browser.
  public String address() {
    return "http://localhost:" + port + "/";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static final class FrontDoor extends VerticleBase {
    private final DemoBank demoBank;
    private @Nullable HttpServer http;

    FrontDoor(DemoBank demoBank) {
      this.demoBank = demoBank;
    }

    @Override
    public Future<?> start() {
      http = vertx.createHttpServer().requestHandler(site().router());
      return http.listen(demoBank.port(), LOOPBACK);
    }

    private Site site() {
      var karuta = Karuta.open(vertx, demoBank.frontEnd(), demoBank.backOffice());
      var customers = demoBank.customers();
      var bank = new Bank(customers, demoBank.clock(), demoBank.random());
      var view = new View(new Texts());
      var pictures = new Pictures(karuta.frontEnd());
      var common =
          new PageRequest.Common(
              customers, view, new Guard(demoBank.random()), new Assets(), pictures);
      var site = new Site(vertx, common);
      var confirm = new ConfirmPages(karuta.frontEnd(), bank, pictures, demoBank.clock());
      new AccountPages(karuta, bank, confirm).mount(site);
      confirm.mount(site);
      new ServicePages(
              karuta,
              bank,
              new Letterbox(demoBank.letterbox()),
              new DemoClock(demoBank.clock()),
              confirm)
          .mount(site);
      new OfficePages(karuta.backOffice(), customers).mount(site);
      new ServerPages(karuta.backOffice(), customers).mount(site);
      var attacker = new Attacker(karuta.frontEnd(), karuta.backOffice(), bank, demoBank.random());
      new AttackPages(karuta.backOffice(), customers, attacker).mount(site);
      return site;
    }
  }
}
