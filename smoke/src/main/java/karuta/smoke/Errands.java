package karuta.smoke;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a bank's own systems do between the custodians' steps: order cards, tell that they were mailed, put a question. For
/// the demo and the smoke test.
@Command(
    name = "errands",
    description = "does what a bank's back office and front end do around a batch of cards",
    mixinStandardHelpOptions = true)
public final class Errands {
  /// Entry point; exit code 0 when done, 1 when the server refused, 2 for wrong usage.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    var line = new CommandLine(new Errands());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("errands: " + failure.getMessage());
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  @Command(
      name = "order",
      description =
          "registers customers, orders a card for each that waits for none, writes the open orders as CSV",
      mixinStandardHelpOptions = true)
  int order(
      @Mixin Connection connection,
      @Option(names = "--out", required = true, description = "file to write, never overwritten")
          Path out,
      @Parameters(arity = "1..*", paramLabel = "SUBJECT") List<String> subjects)
      throws IOException {
    return with(
        connection,
        Connection.BACK_OFFICE,
        api -> {
          var waiting = openOrders(api).stream().map(Order::getSubject).toList();
          for (var subject : subjects) {
            if (waiting.contains(subject)) {
              continue;
            }
            if (!known(api, subject)) {
              api.call(
                  Method.REGISTER_SUBJECT,
                  RegisterSubjectRequest.newBuilder()
                      .setSubject(subject)
                      .setMethod(karuta.v1.Method.CONFIRMATION_PASSWORD)
                      .build());
            }
            api.call(Method.ORDER_CARD, OrderCardRequest.newBuilder().setSubject(subject).build());
          }
          Files.writeString(
              out, csv(openOrders(api)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        });
  }

  @Command(
      name = "next-order",
      description =
          "waits until an order is open and writes the oldest as CSV, over what was there",
      mixinStandardHelpOptions = true)
  int nextOrder(
      @Mixin Connection connection,
      @Option(names = "--out", required = true, description = "file to write") Path out)
      throws IOException {
    return with(
        connection,
        Connection.BACK_OFFICE,
        api -> {
          var open = openOrders(api);
          while (open.isEmpty()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            open = openOrders(api);
          }
          Files.writeString(out, csv(List.of(open.getFirst())));
        });
  }

  @Command(
      name = "mail",
      description = "tells the server that the newest card of each customer was handed to the post",
      mixinStandardHelpOptions = true)
  int mail(
      @Mixin Connection connection,
      @Parameters(arity = "1..*", paramLabel = "SUBJECT") List<String> subjects)
      throws IOException {
    return with(
        connection,
        Connection.BACK_OFFICE,
        api -> {
          for (var name : subjects) {
            var card = subject(api, name).getCards(0);
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
        });
  }

  @Command(
      name = "question",
      description =
          "puts a question to a customer and prints the answer that his card gives, to paste",
      mixinStandardHelpOptions = true)
  int question(
      @Mixin Connection connection,
      @Option(names = "--records", required = true, description = "records of the opened print job")
          Path records,
      @Parameters(paramLabel = "SUBJECT") String name)
      throws IOException {
    return with(
        connection,
        Connection.FRONT_END,
        api -> {
          var newest = subject(api, name).getCards(0);
          var card = Card.readAll(records).get(newest.getSerial());
          if (card == null || newest.getState() != CardState.MAILED) {
            throw new IllegalStateException(
                "not done: the card is not in this print job or not on its way");
          }
          var challenge = new Journey(api, api, name, card).activate();
          System.out.print(connection.paste().answer(challenge, card.right(challenge)));
        });
  }

  @Command(
      name = "activate",
      description =
          "answers the activation's question as the customer with the card would, if it is not in use",
      mixinStandardHelpOptions = true)
  int activate(
      @Mixin Connection connection,
      @Option(names = "--records", required = true, description = "records of the opened print job")
          Path records,
      @Parameters(paramLabel = "SUBJECT") String name)
      throws IOException {
    return with(
        connection,
        Connection.FRONT_END,
        api -> {
          var newest = subject(api, name).getCards(0);
          if (newest.getState() == CardState.ACTIVE) {
            return;
          }
          var card = Card.readAll(records).get(newest.getSerial());
          if (card == null) {
            throw new IllegalStateException("not done: the card is not in this print job");
          }
          new Journey(api, api, name, card).activates();
        });
  }

  private static List<Order> openOrders(KarutaClient api) {
    var orders = new ArrayList<Order>();
    var page = ListOrdersRequest.newBuilder().setPageSize(1000);
    do {
      var found = api.call(Method.LIST_ORDERS, page.build());
      orders.addAll(found.getOrdersList());
      page.setPageToken(found.getNextPageToken());
    } while (!page.getPageToken().isEmpty());
    return orders;
  }

  private static String csv(List<Order> orders) {
    return orders.stream()
        .map(order -> order.getSubject() + "," + order.getGeneration() + "\n")
        .collect(Collectors.joining("", "subject,generation\n", ""));
  }

  @FunctionalInterface
  private interface Errand {
    void run(KarutaClient api) throws IOException;
  }

  private static int with(Connection connection, String role, Errand errand) throws IOException {
    var vertx = Vertx.vertx();
    try {
      errand.run(connection.rest(vertx, role));
      return 0;
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private static boolean known(KarutaClient api, String subject) {
    try {
      subject(api, subject);
      return true;
    } catch (Refused e) {
      if (e.is("unknown_subject")) {
        return false;
      }
      throw e;
    }
  }

  private static Subject subject(KarutaClient api, String name) {
    return api.call(Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject(name).build());
  }
}
