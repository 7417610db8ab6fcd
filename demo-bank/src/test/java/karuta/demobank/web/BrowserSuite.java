package karuta.demobank.web;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.demobank.Stack;
import karuta.demobank.bank.Customers;
import karuta.demobank.real.RealStack;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// A demo bank on a stack, and visitors with browsers. The stack is the running one, SoftHSM tokens and SQLite, unless
/// a suite says otherwise; it is the same for all tests, and each test has customers of its own.
@ExtendWith(Chromium.Key.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserSuite {
  /// Of demo banks in this test run; each has customers of its own.
  private static final AtomicInteger NUMBER = new AtomicInteger();

  Stack stack;
  private Chromium chromium;
  private Customers customers;
  private Server server;
  private final List<Visitor> visitors = new ArrayList<>();

  /// The challenge server and what belongs to it.
  Stack stack() {
    return RealStack.onSqlite();
  }

  /// The stack comes up while the browser does.
  @BeforeAll
  void comeUp(Chromium browser) {
    chromium = browser;
    var coming = CompletableFuture.runAsync(this::stack);
    chromium.start();
    coming.join();
  }

  @BeforeEach
  void start() {
    stack = stack();
    customers = Customers.demo("demo-" + NUMBER.incrementAndGet());
    server =
        Server.start(
            new DemoBank(
                0,
                stack.frontEnd(),
                stack.backOffice(),
                stack.letterbox(),
                customers,
                stack.clock(),
                new SecureRandom()));
  }

  Visitor visitor(Device device, String language) {
    return visitor(device, language, true);
  }

  Visitor visitor(Device device, String language, boolean scripts) {
    return visitor(server.address(), device, language, scripts);
  }

  /// A visitor of another demo bank.
  Visitor visitor(String address, Device device, String language, boolean scripts) {
    var window = chromium.window(device, language, scripts);
    var visitor = new Visitor(window, address, stack, customers, language, device, scripts);
    visitors.add(visitor);
    return visitor;
  }

  @AfterEach
  void stop() {
    visitors.forEach(Visitor::close);
    visitors.clear();
    server.close();
    stack.restore();
  }
}
