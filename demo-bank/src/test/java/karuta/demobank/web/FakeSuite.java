package karuta.demobank.web;

import java.nio.file.Path;
import karuta.demobank.Stack;
import karuta.demobank.fake.FakeStack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/// A suite on the stand-in of the challenge server, for what is between a customer and the browser, where nothing
/// depends on the server's verdicts.
abstract class FakeSuite extends BrowserSuite {
  @TempDir static Path letterbox;
  private @Nullable FakeStack fake;

  @Override
  Stack stack() {
    return fake();
  }

  FakeStack fake() {
    if (fake == null) {
      fake = new FakeStack(letterbox);
    }
    return fake;
  }

  @AfterAll
  void closeStack() {
    if (fake != null) {
      fake.close();
    }
  }
}
