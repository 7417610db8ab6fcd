package karuta.server.lifecycle;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.audit.AuditEntry;
import karuta.server.card.CardRecord;
import karuta.server.card.Order;
import karuta.server.card.Page;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.store.BookRow;
import karuta.server.store.Store;
import karuta.server.store.Tx;

/// Reads lists and records: changes nothing, and sees one state of the store throughout.
final class Inquiries {
  private final Store store;
  private final SubjectViews views;

  Inquiries(Store store, SubjectViews views) {
    this.store = store;
    this.views = views;
  }

  Page<Order> orders(int size, String token) {
    Texts.pageSize(size);
    var after = PageTokens.order(token);
    var found = store.read(tx -> tx.cards().orders(after, size + 1));
    return Texts.page(found, size, PageTokens::of);
  }

  Page<AuditEntry> audit(Subject subject, int size, String token) {
    Texts.pageSize(size);
    var before = PageTokens.audit(token);
    var found =
        store.read(
            tx -> {
              SubjectViews.requireKnown(tx, subject);
              return tx.audit().of(subject, before, size + 1);
            });
    var page = Texts.page(found, size, Map.Entry::getKey);
    return new Page<>(page.items().stream().map(Map.Entry::getValue).toList(), page.next());
  }

  CardRecord record(Serial serial) {
    return store.read(
        tx ->
            tx.books().bySerial(serial).stream()
                .max(Comparator.comparing(book -> issuedAt(tx, book)))
                .map(book -> record(tx, book))
                .orElseThrow(
                    () -> new Refusal(Code.CARD_NOT_FOUND, "no card has the number " + serial)));
  }

  private CardRecord record(Tx tx, BookRow book) {
    var card = tx.cards().find(book.subject(), book.generation()).orElseThrow();
    var progress = card.progress();
    var draws =
        IntStream.rangeClosed(1, progress.profile().draws())
            .mapToObj(
                number ->
                    new CardRecord.Draw(
                        book.draw(progress.profile(), number),
                        progress.used().get(number - 1),
                        progress.live().contains(number)))
            .toList();
    return new CardRecord(
        book.subject(),
        views.of(tx, card),
        book.batch(),
        book.epoch(),
        book.catalogue(),
        book.seed(),
        draws);
  }

  private static Instant issuedAt(Tx tx, BookRow book) {
    return tx.details().find(book.subject(), book.generation()).issuedAt().orElse(Instant.EPOCH);
  }
}
