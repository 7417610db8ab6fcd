package karuta.server.api;

import java.time.Instant;
import java.util.Optional;
import karuta.card.Serial;
import karuta.server.card.Caller;
import karuta.server.card.Cards;
import karuta.v1.FindCardsRequest;
import karuta.v1.FindCardsResponse;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.ListAuditRequest;
import karuta.v1.ListAuditResponse;
import karuta.v1.ListOrdersRequest;
import karuta.v1.ListOrdersResponse;
import karuta.v1.MailCardRequest;
import karuta.v1.OrderCardRequest;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.RetireCardRequest;
import karuta.v1.ReturnCardRequest;
import karuta.v1.Subject;
import karuta.v1.SuspendCardRequest;
import karuta.v1.UnlockCardRequest;

/// The card service: messages in, the registry asked, messages out. No rule is made here.
public final class CardCalls {
  private final Cards cards;

  public CardCalls(Cards cards) {
    this.cards = cards;
  }

  /// Binds every method of the card service.
  public Contract bind(Contract contract) {
    return contract
        .bind("RegisterSubject", RegisterSubjectRequest.getDefaultInstance(), this::register)
        .bind("GetSubject", GetSubjectRequest.getDefaultInstance(), this::get)
        .bind("OrderCard", OrderCardRequest.getDefaultInstance(), this::order)
        .bind("MailCard", MailCardRequest.getDefaultInstance(), this::mail)
        .bind("ReturnCard", ReturnCardRequest.getDefaultInstance(), this::returned)
        .bind("SuspendCard", SuspendCardRequest.getDefaultInstance(), this::suspend)
        .bind("UnlockCard", UnlockCardRequest.getDefaultInstance(), this::unlock)
        .bind("RetireCard", RetireCardRequest.getDefaultInstance(), this::retire)
        .bind("ListOrders", ListOrdersRequest.getDefaultInstance(), this::orders)
        .bind("ListAudit", ListAuditRequest.getDefaultInstance(), this::audit)
        .bind("FindCards", FindCardsRequest.getDefaultInstance(), this::find)
        .bind("GetCardRecord", GetCardRecordRequest.getDefaultInstance(), this::record);
  }

  private Subject register(Client client, RegisterSubjectRequest request) {
    return CardMessages.subject(
        cards.register(
            caller(client),
            Fields.subject(request.getSubject()),
            CardMessages.method(request.getMethod())));
  }

  private Subject get(Client client, GetSubjectRequest request) {
    return CardMessages.subject(cards.subject(Fields.subject(request.getSubject())));
  }

  private Subject order(Client client, OrderCardRequest request) {
    return CardMessages.subject(
        cards.order(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.profile(request.getProfile())));
  }

  private Subject mail(Client client, MailCardRequest request) {
    Optional<Instant> mailedAt =
        request.hasMailedAt()
            ? Optional.of(Times.read(request.getMailedAt(), "mailed_at"))
            : Optional.empty();
    return CardMessages.subject(
        cards.mail(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.generation(request.getGeneration()),
            request.getTrackingNumber(),
            mailedAt));
  }

  private Subject returned(Client client, ReturnCardRequest request) {
    return CardMessages.subject(
        cards.returned(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.generation(request.getGeneration()),
            request.getReason()));
  }

  private Subject suspend(Client client, SuspendCardRequest request) {
    return CardMessages.subject(
        cards.suspend(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.optionalGeneration(request.getGeneration()),
            request.getReason()));
  }

  private Subject unlock(Client client, UnlockCardRequest request) {
    return CardMessages.subject(
        cards.unlock(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.generation(request.getGeneration()),
            request.getReason()));
  }

  private Subject retire(Client client, RetireCardRequest request) {
    return CardMessages.subject(
        cards.retire(
            caller(client),
            Fields.subject(request.getSubject()),
            Fields.generation(request.getGeneration()),
            request.getReason()));
  }

  private ListOrdersResponse orders(Client client, ListOrdersRequest request) {
    var page = cards.orders(Fields.pageSize(request.getPageSize()), request.getPageToken());
    var reply = ListOrdersResponse.newBuilder().setNextPageToken(page.next());
    page.items().forEach(order -> reply.addOrders(CardMessages.order(order)));
    return reply.build();
  }

  private ListAuditResponse audit(Client client, ListAuditRequest request) {
    var page =
        cards.audit(
            Fields.subject(request.getSubject()),
            Fields.pageSize(request.getPageSize()),
            request.getPageToken());
    var reply = ListAuditResponse.newBuilder().setNextPageToken(page.next());
    page.items().forEach(entry -> reply.addEntries(CardMessages.audit(entry)));
    return reply.build();
  }

  private FindCardsResponse find(Client client, FindCardsRequest request) {
    var reply = FindCardsResponse.newBuilder();
    cards
        .find(Fields.read("serial", request.getSerial(), Serial::parse))
        .forEach(card -> reply.addCards(CardMessages.found(card)));
    return reply.build();
  }

  private karuta.v1.CardRecord record(Client client, GetCardRecordRequest request) {
    return CardMessages.record(
        cards.record(
            Fields.subject(request.getSubject()), Fields.generation(request.getGeneration())));
  }

  static Caller caller(Client client) {
    return new Caller(client.name());
  }
}
