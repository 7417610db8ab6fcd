package karuta.demobank.api;

import java.util.List;
import karuta.client.KarutaClient;
import karuta.v1.AuditEntry;
import karuta.v1.CardRecord;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.ListAuditRequest;
import karuta.v1.ListOrdersRequest;
import karuta.v1.MailCardRequest;
import karuta.v1.Method;
import karuta.v1.Order;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.RetireCardRequest;
import karuta.v1.ReturnCardRequest;
import karuta.v1.Subject;
import karuta.v1.SuspendCardRequest;
import karuta.v1.UnlockCardRequest;

/// What the bank's back office asks of Karuta, with its own certificate.
public final class BackOffice {
  private final KarutaClient client;

  BackOffice(KarutaClient client) {
    this.client = client;
  }

  /// Tells Karuta of a customer and their present method.
  public Subject register(String subject, Method method) {
    return client.call(
        karuta.client.Method.REGISTER_SUBJECT,
        RegisterSubjectRequest.newBuilder().setSubject(subject).setMethod(method).build());
  }

  /// Reads a customer with their cards.
  public Subject subject(String subject) {
    return client.call(
        karuta.client.Method.GET_SUBJECT,
        GetSubjectRequest.newBuilder().setSubject(subject).build());
  }

  /// The card was handed to the post.
  public Subject mail(String subject, int generation, String trackingNumber) {
    return client.call(
        karuta.client.Method.MAIL_CARD,
        MailCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setTrackingNumber(trackingNumber)
            .build());
  }

  /// The post brought the card back.
  public Subject returned(String subject, int generation, String reason) {
    return client.call(
        karuta.client.Method.RETURN_CARD,
        ReturnCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Makes a locked or suspended card usable again.
  public Subject unlock(String subject, int generation, String reason) {
    return client.call(
        karuta.client.Method.UNLOCK_CARD,
        UnlockCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Stops one card.
  public Subject suspend(String subject, int generation, String reason) {
    return client.call(
        karuta.client.Method.SUSPEND_CARD,
        SuspendCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Ends a card for good.
  public Subject retire(String subject, int generation, String reason) {
    return client.call(
        karuta.client.Method.RETIRE_CARD,
        RetireCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// The open orders, oldest first.
  public List<Order> orders() {
    return client
        .call(karuta.client.Method.LIST_ORDERS, ListOrdersRequest.getDefaultInstance())
        .getOrdersList();
  }

  /// What happened to a customer's cards, newest first.
  public List<AuditEntry> audit(String subject) {
    return client
        .call(
            karuta.client.Method.LIST_AUDIT,
            ListAuditRequest.newBuilder().setSubject(subject).build())
        .getEntriesList();
  }

  /// Everything the server stores about a card.
  public CardRecord record(String subject, int generation) {
    return client.call(
        karuta.client.Method.GET_CARD_RECORD,
        GetCardRecordRequest.newBuilder().setSubject(subject).setGeneration(generation).build());
  }
}
