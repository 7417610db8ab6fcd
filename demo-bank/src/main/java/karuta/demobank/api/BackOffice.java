package karuta.demobank.api;

import com.google.protobuf.Message;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import karuta.v1.AuditEntry;
import karuta.v1.CardRecord;
import karuta.v1.ListAuditResponse;
import karuta.v1.ListOrdersResponse;
import karuta.v1.MailCardRequest;
import karuta.v1.Method;
import karuta.v1.Order;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.RetireCardRequest;
import karuta.v1.ReturnCardRequest;
import karuta.v1.Subject;
import karuta.v1.SuspendCardRequest;
import karuta.v1.UnlockCardRequest;

/// What the bank's back office asks of Karuta, with its own certificate. Every call throws [ApiRefusal] or
/// [ApiUnavailable].
public final class BackOffice {
  private final Door door;

  BackOffice(Door door) {
    this.door = door;
  }

  /// Tells Karuta of a customer and his present method.
  public Subject register(String subject, Method method) {
    var request = RegisterSubjectRequest.newBuilder().setSubject(subject).setMethod(method).build();
    return door.call(HttpMethod.PUT, "/v1/subjects/" + subject, request, Subject.newBuilder())
        .build();
  }

  /// Reads a customer with his cards.
  public Subject subject(String subject) {
    return door.call(HttpMethod.GET, "/v1/subjects/" + subject, null, Subject.newBuilder()).build();
  }

  /// The card was handed to the post.
  public Subject mail(String subject, int generation, String trackingNumber) {
    return post(
        subject,
        "mail",
        MailCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setTrackingNumber(trackingNumber)
            .build());
  }

  /// The post brought the card back.
  public Subject returned(String subject, int generation, String reason) {
    return post(
        subject,
        "return",
        ReturnCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Makes a locked or suspended card usable again.
  public Subject unlock(String subject, int generation, String reason) {
    return post(
        subject,
        "unlock",
        UnlockCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Stops one card.
  public Subject suspend(String subject, int generation, String reason) {
    return post(
        subject,
        "suspend",
        SuspendCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// Ends a card for good.
  public Subject retire(String subject, int generation, String reason) {
    return post(
        subject,
        "retire",
        RetireCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(generation)
            .setReason(reason)
            .build());
  }

  /// The open orders, oldest first.
  public List<Order> orders() {
    return door.call(HttpMethod.GET, "/v1/orders", null, ListOrdersResponse.newBuilder())
        .build()
        .getOrdersList();
  }

  /// What happened to a customer's cards, newest first.
  public List<AuditEntry> audit(String subject) {
    return door.call(
            HttpMethod.GET,
            "/v1/subjects/" + subject + "/audit",
            null,
            ListAuditResponse.newBuilder())
        .build()
        .getEntriesList();
  }

  /// Everything the server stores about a card.
  public CardRecord record(String subject, int generation) {
    return door.call(
            HttpMethod.GET,
            "/v1/subjects/" + subject + "/cards/" + generation + "/record",
            null,
            CardRecord.newBuilder())
        .build();
  }

  private Subject post(String subject, String verb, Message request) {
    return door.call(
            HttpMethod.POST,
            "/v1/subjects/" + subject + "/cards:" + verb,
            request,
            Subject.newBuilder())
        .build();
  }
}
