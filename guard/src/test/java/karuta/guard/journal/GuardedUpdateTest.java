package karuta.guard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.InvariantBroken;
import karuta.database.Sql;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Head;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A row is written over the one it was made from, and over no other: whoever writes without holding it, or holds what
/// is not there any more, writes nothing.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class GuardedUpdateTest {
  private static final Subject SUBJECT = new Subject("customer-1");
  private static final Generation FIRST = new Generation(1);
  private static final Instant AT = Instant.parse("2026-01-05T09:00:00Z");
  private static final String ONE = "1".repeat(43);
  private static final String OTHER = "2".repeat(43);

  private final Database database;

  GuardedUpdateTest(TestDatabase kind) {
    database = Database.open(kind.fresh(Journal.TABLES), Journal.TABLES);
  }

  /// A card with one judgement, beside another one with as many, and two chains with one.
  @BeforeEach
  void begin() {
    change(
        sql -> {
          for (var subject : List.of(SUBJECT, new Subject("customer-2"))) {
            var held = CardRow.hold(sql, subject, FIRST);
            held.with(new Head(1, ONE), 1, 1, AT, new BitSet()).write(sql, Head.NONE);
          }
          for (var guard : List.of("guard-1", "guard-2")) {
            new Chain(guard, 1, ONE, AT).write(sql, Chain.hold(sql, guard));
          }
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void change(Consumer<Sql> work) {
    database.change(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  private List<String> contents() {
    return database.reading(
        sql ->
            List.of(
                sql.rows(
                        row -> row.getString(1) + row.getLong(2) + row.getString(3),
                        "SELECT subject, number, hash FROM cards ORDER BY subject")
                    .toString(),
                sql.rows(
                        row -> row.getString(1) + row.getLong(2) + row.getString(3),
                        "SELECT guard, sequence, hash FROM guards ORDER BY guard")
                    .toString()));
  }

  private void assertRefused(Consumer<Sql> write) {
    var before = contents();
    assertThatThrownBy(() -> change(write)).isInstanceOf(InvariantBroken.class);
    assertThat(contents()).isEqualTo(before);
  }

  private static CardRow next(Subject subject) {
    return CardRow.none(subject, FIRST).with(new Head(2, OTHER), 0, 1, AT, new BitSet());
  }

  @Test
  void aCardIsWrittenOverTheOneItWasMadeFrom() {
    change(sql -> next(SUBJECT).write(sql, new Head(1, ONE)));

    assertThat(contents().getFirst())
        .isEqualTo("[customer-12%s, customer-21%s]".formatted(OTHER, ONE));
  }

  @Test
  void aCardIsNotWrittenOverAnother() {
    assertRefused(sql -> next(SUBJECT).write(sql, Head.NONE));
    assertRefused(sql -> next(SUBJECT).write(sql, new Head(2, ONE)));
    assertRefused(sql -> next(SUBJECT).write(sql, new Head(1, OTHER)));
    assertRefused(sql -> next(new Subject("customer-3")).write(sql, new Head(1, ONE)));
  }

  @Test
  void aChainIsWrittenOverTheHeadItWasMadeFrom() {
    change(sql -> new Chain("guard-1", 2, OTHER, AT).write(sql, chain(1, ONE)));

    assertThat(contents().getLast()).isEqualTo("[guard-12%s, guard-21%s]".formatted(OTHER, ONE));
  }

  @Test
  void aChainIsNotWrittenOverAnotherHead() {
    var next = new Chain("guard-1", 2, OTHER, AT);
    assertRefused(sql -> next.write(sql, chain(0, "")));
    assertRefused(sql -> next.write(sql, chain(2, ONE)));
    assertRefused(sql -> next.write(sql, chain(1, OTHER)));
    assertRefused(sql -> new Chain("guard-3", 2, OTHER, AT).write(sql, chain(1, ONE)));
  }

  private static Chain chain(long sequence, String hash) {
    return new Chain("guard-1", sequence, hash, AT);
  }
}
