package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import karuta.v1.GetSubjectRequest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a bank's systems do between the custodians' steps, for the demonstration and the smoke test: order cards, tell that
/// they were mailed, and put a question with the customer's answer to it. Repeatable, as the API is.
@Command(name = "errands", description = "does a bank's errands at a development server")
public final class Errands {
  private static final String JSON = "application/json";

  /// Entry point; exit code 0 done, 1 the server refused, 2 wrong usage.
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Errands())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("karuta: " + failure.getMessage());
                  return 1;
                })
            .execute(arguments));
  }

  @Command(
      name = "order",
      description = "register subjects, order a card for each, write the open orders")
  int order(
      @Option(names = "--port", required = true) int port,
      @Option(names = "--pki", required = true) Path pki,
      @Option(
              names = "--out",
              required = true,
              description = "subject,generation for the next batch")
          Path out,
      @Parameters(arity = "1..*", paramLabel = "SUBJECT") List<String> subjects)
      throws IOException {
    var orders =
        with(
            port,
            pki,
            "back-office",
            door -> {
              for (var subject : subjects) {
                ask(
                    door,
                    HttpMethod.PUT,
                    "/v1/subjects/" + subject,
                    Map.of("method", "CONFIRMATION_PASSWORD"));
                ask(door, HttpMethod.POST, "/v1/subjects/" + subject + "/cards:order", Map.of());
              }
              return ask(door, HttpMethod.GET, "/v1/orders", Map.of())
                  .getJsonArray("orders", new JsonArray());
            });
    var lines = new ArrayList<>(List.of("subject,generation"));
    orders.forEach(order -> lines.add(csv((JsonObject) order)));
    Files.write(out, lines, StandardOpenOption.CREATE_NEW);
    return 0;
  }

  @Command(
      name = "mail",
      description = "tell that the newest card of each subject was handed to the post")
  int mail(
      @Option(names = "--port", required = true) int port,
      @Option(names = "--pki", required = true) Path pki,
      @Parameters(arity = "1..*", paramLabel = "SUBJECT") List<String> subjects) {
    var number = new AtomicInteger();
    return with(
        port,
        pki,
        "back-office",
        door -> {
          for (var subject : subjects) {
            var generation =
                ask(door, HttpMethod.GET, "/v1/subjects/" + subject, Map.of())
                    .getJsonArray("cards")
                    .getJsonObject(0)
                    .getInteger("generation");
            var tracking = "DEMO-%04d".formatted(number.incrementAndGet());
            ask(
                door,
                HttpMethod.POST,
                "/v1/subjects/" + subject + "/cards:mail",
                Map.of("generation", generation, "trackingNumber", tracking));
          }
          return 0;
        });
  }

  @Command(
      name = "question",
      description = "put a question, and print how to answer it as its customer")
  int question(
      @Option(names = "--port", required = true) int port,
      @Option(names = "--pki", required = true) Path pki,
      @Option(names = "--records", required = true, description = "records of the opened print job")
          Path records,
      @Parameters(paramLabel = "SUBJECT") String subject)
      throws IOException {
    var cards = Card.readAll(records);
    return with(
        port,
        pki,
        "front-end",
        door -> {
          var serial =
              door.subject(GetSubjectRequest.newBuilder().setSubject(subject).build())
                  .getCards(0)
                  .getSerial();
          var card = cards.get(serial);
          if (card == null) {
            throw new IllegalArgumentException("the records do not hold the card " + serial);
          }
          var challenge = new Journey(door, door, subject, card).activate();
          System.out.println(new Paste(port, pki).answer(challenge, card.right(challenge)));
          return 0;
        });
  }

  private static String csv(JsonObject order) {
    return order.getString("subject") + "," + order.getInteger("generation");
  }

  private static JsonObject ask(
      RestDoor door, HttpMethod method, String path, Map<String, Object> body) {
    var sent = method.equals(HttpMethod.GET) ? Buffer.buffer() : new JsonObject(body).toBuffer();
    var reply = door.raw(method, path, method.equals(HttpMethod.GET) ? "" : JSON, sent);
    var text = Optional.ofNullable(reply.bodyAsString()).orElse("{}");
    if (reply.statusCode() != 200) {
      throw new Refused(method + " " + path + ": HTTP " + reply.statusCode(), text);
    }
    return new JsonObject(text);
  }

  private static <T> T with(int port, Path pki, String client, Function<RestDoor, T> errand) {
    var vertx = Vertx.vertx();
    try {
      var options = ClientTls.as(client, pki, new WebClientOptions());
      return errand.apply(
          new RestDoor(
              WebClient.create(vertx, options.setDefaultHost("127.0.0.1").setDefaultPort(port))));
    } finally {
      Waiting.on(vertx.close());
    }
  }
}
