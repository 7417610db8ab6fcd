package karuta.demobank.web;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import karuta.demobank.DemoBank;
import karuta.demobank.Stack;
import karuta.demobank.bank.Customers;
import karuta.demobank.fake.FakeStack;
import karuta.demobank.web.Chromium.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A demo bank on a stack, and visitors with browsers. A suite says what the stack is by overriding [#stack]; on the real
/// server each test takes customers of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserSuite {
  @TempDir Path folder;

  Stack stack;
  private Chromium chromium;
  private Server server;
  private final List<Visitor> visitors = new ArrayList<>();

  /// The challenge server and what belongs to it.
  Stack stack(Path letterbox) {
    return new FakeStack(letterbox);
  }

  @BeforeAll
  void openBrowser() {
    chromium = new Chromium();
  }

  @BeforeEach
  void start() {
    stack = stack(folder);
    var prefix = "t" + UUID.randomUUID().toString().substring(0, 8);
    server =
        Server.start(
            new DemoBank(
                0,
                stack.frontEnd(),
                stack.backOffice(),
                stack.letterbox(),
                Customers.demo(prefix),
                stack.clock(),
                new SecureRandom()));
  }

  Visitor visitor(Device device, String language) {
    return visitor(device, language, true);
  }

  Visitor visitor(Device device, String language, boolean scripts) {
    var window = chromium.window(device, language, scripts);
    var visitor = new Visitor(window, server.address(), stack, language, device, scripts);
    visitors.add(visitor);
    return visitor;
  }

  @AfterEach
  void stop() {
    visitors.forEach(Visitor::close);
    visitors.clear();
    server.close();
    stack.close();
  }

  @AfterAll
  void closeBrowser() {
    chromium.close();
  }
}
