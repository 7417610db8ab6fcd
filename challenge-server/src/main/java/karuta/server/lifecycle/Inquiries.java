package karuta.server.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.card.Generation;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.audit.AuditEntry;
import karuta.server.card.CardRecord;
import karuta.server.card.FoundCard;
import karuta.server.card.Order;
import karuta.server.card.Page;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
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

  List<FoundCard> find(Serial serial) {
    return store.read(tx -> tx.cards().bySerial(serial));
  }

  CardRecord record(Subject subject, Generation generation) {
    return store.read(
        tx -> {
          var card =
              tx.cards()
                  .find(subject, generation)
                  .orElseThrow(() -> SubjectViews.noCard(tx, subject, generation));
          var book =
              tx.books()
                  .find(subject, generation)
                  .orElseThrow(
                      () ->
                          new Refusal(
                              Code.WRONG_STATE,
                              "card %d was not issued: it has no book"
                                  .formatted(generation.value())));
          return record(tx, card, book);
        });
  }

  private CardRecord record(Tx tx, CardRow card, BookRow book) {
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
}
