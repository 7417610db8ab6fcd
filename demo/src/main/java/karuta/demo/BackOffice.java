package karuta.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.client.Refused;
import karuta.v1.CardState;
import karuta.v1.GetSubjectRequest;
import karuta.v1.ListOrdersRequest;
import karuta.v1.MailCardRequest;
import karuta.v1.Order;
import karuta.v1.OrderCardRequest;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.Subject;

/// What a bank's own systems do around a batch of cards.
///
/// @param api as the back office
record BackOffice(KarutaClient api) {
  /// Registers customers and orders a card for each that waits for none.
  void order(List<String> subjects) {
    var waiting = openOrders().stream().map(Order::getSubject).toList();
    for (var subject : subjects) {
      if (!waiting.contains(subject)) {
        register(subject);
        api.call(Method.ORDER_CARD, OrderCardRequest.newBuilder().setSubject(subject).build());
      }
    }
  }

  private void register(String subject) {
    try {
      subject(subject);
    } catch (Refused e) {
      if (!e.is("unknown_subject")) {
        throw e;
      }
      api.call(
          Method.REGISTER_SUBJECT,
          RegisterSubjectRequest.newBuilder()
              .setSubject(subject)
              .setMethod(karuta.v1.Method.CONFIRMATION_PASSWORD)
              .build());
    }
  }

  /// Every order that waits for its card, the oldest first.
  List<Order> openOrders() {
    var orders = new ArrayList<Order>();
    var page = ListOrdersRequest.newBuilder().setPageSize(1000);
    do {
      var found = api.call(Method.LIST_ORDERS, page.build());
      orders.addAll(found.getOrdersList());
      page.setPageToken(found.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    return orders;
  }

  /// The list that `karuta batch issue --subjects` reads.
  static String csv(List<Order> orders) {
    return orders.stream()
        .map(order -> order.getSubject() + "," + order.getGeneration() + "\n")
        .collect(Collectors.joining("", "subject,generation\n", ""));
  }

  /// Tells the server that the newest card of each customer was handed to the post.
  void mail(List<String> subjects) {
    for (var name : subjects) {
      var card = subject(name).getCards(0);
      if (card.getState() == CardState.ISSUED) {
        api.call(
            Method.MAIL_CARD,
            MailCardRequest.newBuilder()
                .setSubject(name)
                .setGeneration(card.getGeneration())
                .setTrackingNumber("DEMO-" + card.getSerial())
                .build());
      }
    }
  }

  private Subject subject(String name) {
    return api.call(Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject(name).build());
  }
}
