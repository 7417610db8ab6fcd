package karuta.demobank.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.demobank.api.Karuta;
import karuta.demobank.fake.FakeStack;
import karuta.v1.CardRecord;
import karuta.v1.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The attacker's search is a real one: it rebuilds the same palettes, and with the key it would find the answer.
class StolenDatabaseTest {
  @TempDir private Path letterbox;
  private final Vertx vertx = Vertx.vertx();
  private FakeStack stack;
  private CardRecord record;

  @BeforeEach
  void stealTheRecord() {
    stack = new FakeStack(letterbox);
    var karuta = Karuta.open(vertx, stack.frontEnd(), stack.backOffice());
    karuta.backOffice().register("victim", Method.METHOD_NONE);
    karuta.frontEnd().order("victim");
    stack.makeCards();
    record = karuta.backOffice().record("victim", 1);
  }

  @AfterEach
  void close() {
    stack.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void hisPalettesAreTheCards() {
    var seed = new PaletteSeed(record.getPaletteSeed().toByteArray());
    var database = new StolenDatabase(record);
    for (var index = 0; index < Cell.COUNT; index++) {
      var ids =
          Palette.of(seed, new Cell(index)).pictures().stream().mapToInt(p -> p.value()).toArray();
      assertThat(database.palette(index)).containsExactly(ids);
    }
  }

  @Test
  void withTheKeyHeWouldFindTheAnswerOfEveryDraw() {
    var database = new StolenDatabase(record);
    assertThat(IntStream.range(0, 5).mapToObj(record::getDraws))
        .allSatisfy(
            draw ->
                assertThat(database.search(draw, stack.key()))
                    .isEqualTo(new StolenDatabase.Search(4_096, 1)));
  }

  @Test
  void withoutTheKeyNoAnswerFits() {
    var database = new StolenDatabase(record);
    assertThat(database.guessedKeys())
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(database.search(record.getDraws(0), key))
                    .isEqualTo(new StolenDatabase.Search(4_096, 0)));
  }
}
