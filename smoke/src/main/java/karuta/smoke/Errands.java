package karuta.smoke;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import karuta.v1.CardState;
import karuta.v1.ListOrdersRequest;
import karuta.v1.MailCardRequest;
import karuta.v1.Method;
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
        door -> {
          var waiting = openOrders(door).stream().map(Order::getSubject).toList();
          for (var subject : subjects) {
            if (waiting.contains(subject)) {
              continue;
            }
            if (!known(door, subject)) {
              door.register(
                  RegisterSubjectRequest.newBuilder()
                      .setSubject(subject)
                      .setMethod(Method.CONFIRMATION_PASSWORD)
                      .build());
            }
            door.order(OrderCardRequest.newBuilder().setSubject(subject).build());
          }
          Files.writeString(
              out, csv(openOrders(door)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
        door -> {
          var open = openOrders(door);
          while (open.isEmpty()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            open = openOrders(door);
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
        door -> {
          for (var name : subjects) {
            var card = subject(door, name).getCards(0);
            if (card.getState() == CardState.ISSUED) {
              door.mail(
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
        door -> {
          var newest = subject(door, name).getCards(0);
          var card = Card.readAll(records).get(newest.getSerial());
          if (card == null || newest.getState() != CardState.MAILED) {
            throw new Refused("not done:", "the card is not in this print job or not on its way");
          }
          var challenge = new Journey(door, door, name, card).activate();
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
        door -> {
          var newest = subject(door, name).getCards(0);
          if (newest.getState() == CardState.ACTIVE) {
            return;
          }
          var card = Card.readAll(records).get(newest.getSerial());
          if (card == null) {
            throw new Refused("not done:", "the card is not in this print job");
          }
          new Journey(door, door, name, card).activates();
        });
  }

  private static List<Order> openOrders(RestDoor door) {
    var orders = new ArrayList<Order>();
    var page = ListOrdersRequest.newBuilder().setPageSize(1000);
    do {
      var found = door.orders(page.build());
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
    void run(RestDoor door) throws IOException;
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

  private static boolean known(RestDoor door, String subject) {
    try {
      subject(door, subject);
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  private static Subject subject(RestDoor door, String name) {
    return door.subject(karuta.v1.GetSubjectRequest.newBuilder().setSubject(name).build());
  }
}
