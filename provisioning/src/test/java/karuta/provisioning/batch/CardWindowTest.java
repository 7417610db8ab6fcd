package karuta.provisioning.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import karuta.card.Cell;
import karuta.provisioning.layout.Layout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever ends a batch, no layout made ahead outlives it.
class CardWindowTest {
  @TempDir Path directory;
  private final ExecutorService workers = Executors.newFixedThreadPool(3);
  private final Queue<Layout> layouts = new ConcurrentLinkedQueue<>();

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  private CardWindow window(CardWindow.Maker maker) throws IOException {
    var file = directory.resolve("orders.csv");
    Files.writeString(file, "subject,generation\nS-1,1\nS-2,1\nS-3,1\nS-4,1\n");
    var random = new Random(1);
    var serials =
        new Serials(
            count -> {
              var bytes = new byte[count];
              random.nextBytes(bytes);
              return bytes;
            },
            4);
    return new CardWindow(SubjectFile.open(file), maker, serials, workers);
  }

  private Card card() {
    var ids = new short[Cell.COUNT];
    for (var i = 0; i < ids.length; i++) {
      ids[i] = (short) i;
    }
    var layout = Layout.of(ids);
    layouts.add(layout);
    return new Card(List.of(), layout);
  }

  private void assertAllWiped(int count) {
    assertThat(layouts).hasSize(count);
    for (var layout : layouts) {
      assertThatThrownBy(() -> layout.at(new Cell(0))).hasMessage("the layout is wiped");
    }
  }

  @Test
  void anInterruptLeavesNoLayoutBehind() throws Exception {
    var go = new CountDownLatch(1);
    var window =
        window(
            (line, serial) -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return card();
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(window::next).isInstanceOf(Interrupted.class);
    go.countDown();
    window.close();
    assertThat(Thread.interrupted()).as("the interrupt is still known").isTrue();
    assertAllWiped(4);
  }

  @Test
  void aCardThatCannotBeMadeLeavesNoOtherBehind() throws Exception {
    var window =
        window(
            (line, serial) -> {
              if (line.subject().value().equals("S-1")) {
                throw new IllegalStateException("the token is gone");
              }
              return card();
            });
    assertThatThrownBy(window::next).hasMessage("the token is gone");
    window.close();
    assertAllWiped(3);
  }
}
