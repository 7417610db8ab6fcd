package karuta.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import karuta.demo.process.Child;
import karuta.demo.process.Commands;
import karuta.demo.process.Logs;
import karuta.demo.process.Program;
import karuta.demo.process.Programs;
import karuta.v1.CardState;

/// A running stack: two SoftHSM tokens that have agreed a book key, custodians who make cards of orders, the guard, the
/// challenge server with client certificates, a database. What it started ends with it, or with this process.
public final class WholeStack implements AutoCloseable {
  /// The customers of the beginning, who have ordered a card.
  public static final List<String> CUSTOMERS = List.of("demo-1", "demo-2", "demo-3");

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Home home;
  private final Programs programs;
  private final Steps steps;
  private final Guard guard;
  private final ChallengeServer server;
  private final CardMakers makers;
  private final BankSystems bank;

  /// Makes what is not there yet, up to a server that is ready. What custodians say goes into [Home#chainLog()].
  ///
  /// @param settings of the server, for its first start
  public WholeStack(Home home, Programs programs, ChallengeServer.Settings settings, Steps steps) {
    this.home = home;
    this.programs = programs;
    this.steps = steps;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    var issuer = with(custodians(programs, home, home.issuer()));
    try (var verifier = custodians(programs, home, home.verifier())) {
      new Ceremony(home, issuer, verifier, steps).hold();
    }
    guard = with(new Guard(home, programs));
    guard.start();
    server = with(new ChallengeServer(home, programs, settings, guard.socket()));
    server.start();
    makers = new CardMakers(home, issuer, server);
    bank = with(new BankSystems(home, server.api()));
  }

  /// Custodians at the host of one token.
  public static Commands custodians(Programs programs, Home home, Path token) {
    return Commands.at(
        programs.jvm(Program.CUSTODIANS),
        Program.CUSTODIANS,
        Child.Place.of(home.chainLog()).withToken(token));
  }

  private <T extends AutoCloseable> T with(T part) {
    synchronized (parts) {
      parts.push(part);
    }
    return part;
  }

  /// The three cards of [#CUSTOMERS], in the post.
  public void mailFirstCards() {
    makers.first(bank.backOffice(), CUSTOMERS, steps);
  }

  /// A customer beside them who has a card in use.
  public void activate(String name) {
    steps.marked(
        "a customer with a card in use, for the attacker's view",
        home.path("batches/victim"),
        () -> {
          makers.deliverTheLast();
          var backOffice = bank.backOffice();
          if (!makers.madeOne()) {
            backOffice.order(List.of(name));
            backOffice.openOrders().stream()
                .filter(order -> order.getSubject().equals(name))
                .forEach(makers::make);
          }
          backOffice.mail(List.of(name));
          var customer = bank.customer(name);
          if (customer.newest().getState() != CardState.ACTIVE) {
            customer.activates();
          }
        });
  }

  /// Custodians who make a card of each order from now on.
  public void startPress() {
    with(new Press(makers, bank.backOffice(), System.err));
  }

  /// The demo bank.
  ///
  /// @param port where a browser finds it; 0 takes a free one
  /// @return its address
  public String startBank(int port) {
    var log = home.path("bank.log");
    Logs.begin(log);
    return with(DemoBank.start(
            programs.jvm(Program.BANK),
            log,
            bank.frontEndpoint(),
            bank.backEndpoint(),
            home.letterbox(),
            "--port=" + port))
        .address();
  }

  /// Where everything lies.
  public Home home() {
    return home;
  }

  /// The guard.
  public Guard guard() {
    return guard;
  }

  /// The server.
  public ChallengeServer server() {
    return server;
  }

  /// Whoever makes cards.
  public CardMakers makers() {
    return makers;
  }

  /// The bank's own systems.
  public BankSystems bank() {
    return bank;
  }

  /// Stops everything, the latest first. What lies in the directory stays. When this returns, nothing runs any more,
  /// whoever closed it.
  @Override
  public synchronized void close() {
    while (true) {
      AutoCloseable part;
      synchronized (parts) {
        part = parts.poll();
      }
      if (part == null) {
        return;
      }
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("karuta: a part of the stack does not close: " + e);
      }
    }
  }
}
