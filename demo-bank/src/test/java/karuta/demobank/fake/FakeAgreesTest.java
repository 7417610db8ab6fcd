package karuta.demobank.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import karuta.demobank.real.RealStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stand-in answers as the running server does: the same calls, from a first order to a retired card, have the same
/// outcomes on both.
class FakeAgreesTest {
  @TempDir private Path letterbox;

  @Test
  void theSameCallsHaveTheSameOutcomes() {
    var vertx = Vertx.vertx();
    try (var fake = new FakeStack(letterbox)) {
      assertThat(new Calls(vertx, fake).said())
          .hasSizeGreaterThan(40)
          .containsExactlyElementsOf(new Calls(vertx, RealStack.onSqlite()).said());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
