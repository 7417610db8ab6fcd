package karuta.demobank.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import karuta.catalogue.Catalogue;
import karuta.catalogue.PictureSheet;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.CardState;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.ListAuditResponse;
import karuta.v1.ListOrdersResponse;
import karuta.v1.MailCardRequest;
import karuta.v1.OrderCardRequest;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.RetireCardRequest;
import karuta.v1.ReturnCardRequest;
import karuta.v1.SuspendCardRequest;
import karuta.v1.UnlockCardRequest;

/// The REST door of the stand-in. It tells the two roles apart by port instead of by certificate, and refuses, as the
/// server does, what a role may not call, unknown fields, and a body that contradicts the path.
final class FakeApi implements AutoCloseable {
  private static final Pattern SUBJECT = Pattern.compile("/v1/subjects/([A-Za-z0-9-]+)");
  private static final Pattern VERB =
      Pattern.compile("/v1/subjects/([A-Za-z0-9-]+)/cards:([a-z]+)");
  private static final Pattern AUDIT = Pattern.compile("/v1/subjects/([A-Za-z0-9-]+)/audit");
  private static final Pattern RECORD =
      Pattern.compile("/v1/subjects/([A-Za-z0-9-]+)/cards/([1-9][0-9]{0,4})/record");
  private static final Pattern CHALLENGE = Pattern.compile("/v1/challenges/([A-Za-z0-9-]+)");
  private static final Pattern ANSWER = Pattern.compile("/v1/challenges/([A-Za-z0-9-]+):answer");
  static final PictureSheet SHEET = PictureSheet.of(Catalogue.v1().files());
  static final String SHEET_PATH = "/v1/pictures/sheet-" + SHEET.sha256() + ".svg";
  private static final List<String> OFFICE_VERBS = List.of("mail", "return", "unlock", "retire");

  final FakeCards cards;
  final FakeChallenges challenges;
  private final FakeReceipts receipts = new FakeReceipts();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer front;
  private final HttpServer office;
  volatile boolean down;
  volatile boolean mute;

  FakeApi(TestClock clock) {
    this.cards = new FakeCards(clock);
    this.challenges = new FakeChallenges(cards, receipts);
    this.front = listen(false);
    this.office = listen(true);
  }

  URI frontEnd() {
    return URI.create("http://localhost:" + front.actualPort());
  }

  URI backOffice() {
    return URI.create("http://localhost:" + office.actualPort());
  }

  private HttpServer listen(boolean backOffice) {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.body().onSuccess(body -> serve(request, body, backOffice)));
    return Objects.requireNonNull(
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join());
  }

  private void serve(HttpServerRequest request, Buffer body, boolean backOffice) {
    var response = request.response();
    if (down) {
      request.connection().close();
      return;
    }
    try {
      if (SHEET_PATH.equals(request.path())) {
        response.putHeader("content-type", "image/svg+xml").end(Buffer.buffer(SHEET.svg()));
        return;
      }
      if (FakeReceipts.KEYS_PATH.equals(request.path())) {
        response.putHeader("content-type", "application/jwk-set+json").end(receipts.keys());
        return;
      }
      var call = request.method() + " " + request.path();
      Message reply;
      synchronized (cards) {
        reply =
            answer(
                call.substring(0, call.indexOf(' ')),
                call.substring(call.indexOf(' ') + 1),
                body,
                backOffice);
      }
      if (mute) {
        request.connection().close();
        return;
      }
      response
          .putHeader("content-type", "application/json")
          .end(JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(reply));
    } catch (Problem problem) {
      say(response, problem);
    } catch (InvalidProtocolBufferException e) {
      say(response, new Problem(400, "malformed_request"));
    }
  }

  private static void say(HttpServerResponse response, Problem problem) {
    response
        .setStatusCode(problem.status)
        .putHeader("content-type", "application/problem+json")
        .end(
            new JsonObject()
                .put("status", problem.status)
                .put("code", problem.code)
                .put("retryable", problem.status == 503)
                .encode());
  }

  private Message answer(String method, String path, Buffer body, boolean backOffice)
      throws InvalidProtocolBufferException {
    var challenge = CHALLENGE.matcher(path);
    var answer = ANSWER.matcher(path);
    var verb = VERB.matcher(path);
    var subject = SUBJECT.matcher(path);
    var audit = AUDIT.matcher(path);
    var record = RECORD.matcher(path);
    if (method.equals("POST") && path.equals("/v1/challenges")) {
      only(!backOffice);
      var request = read(body, CreateChallengeRequest.newBuilder()).build();
      return challenges.create(request.getSubject(), request.getTransaction());
    } else if (method.equals("GET") && challenge.matches()) {
      only(!backOffice);
      return challenges.read(challenge.group(1));
    } else if (method.equals("POST") && answer.matches()) {
      only(!backOffice);
      var request = read(body, AnswerChallengeRequest.newBuilder());
      same(answer.group(1), request.getChallengeId());
      return challenges.answer(request.setChallengeId(answer.group(1)).build());
    } else if (method.equals("PUT") && subject.matches()) {
      only(backOffice);
      var request = read(body, RegisterSubjectRequest.newBuilder()).build();
      return cards.register(subject.group(1), request.getMethod());
    } else if (method.equals("GET") && subject.matches()) {
      return cards.subject(subject.group(1));
    } else if (method.equals("GET") && path.equals("/v1/orders")) {
      only(backOffice);
      return ListOrdersResponse.newBuilder().addAllOrders(cards.orders()).build();
    } else if (method.equals("GET") && audit.matches()) {
      only(backOffice);
      return ListAuditResponse.newBuilder().addAllEntries(cards.audit(audit.group(1))).build();
    } else if (method.equals("GET") && record.matches()) {
      only(backOffice);
      return cards.find(record.group(1), Integer.parseInt(record.group(2))).record();
    } else if (method.equals("POST") && verb.matches()) {
      only(backOffice || !OFFICE_VERBS.contains(verb.group(2)));
      return change(verb.group(1), verb.group(2), body, backOffice);
    }
    throw new Problem(404, "unknown_path");
  }

  private Message change(String subject, String verb, Buffer body, boolean backOffice)
      throws InvalidProtocolBufferException {
    return switch (verb) {
      case "activate" -> {
        only(!backOffice);
        var request = read(body, ActivateCardRequest.newBuilder()).build();
        if (!request.getNoticeConfirmed()) {
          throw new Problem(400, "notice_not_confirmed");
        }
        yield challenges.activate(subject);
      }
      case "order" -> {
        same(subject, read(body, OrderCardRequest.newBuilder()).getSubject());
        yield cards.order(subject);
      }
      case "suspend" -> {
        var request = read(body, SuspendCardRequest.newBuilder()).build();
        yield cards.suspend(subject, request.getGeneration(), request.getReason());
      }
      case "mail" -> {
        var r = read(body, MailCardRequest.newBuilder()).build();
        yield cards.mail(cards.find(subject, r.getGeneration()), r.getTrackingNumber());
      }
      case "return" -> {
        var r = read(body, ReturnCardRequest.newBuilder()).build();
        yield cards.move(
            cards.find(subject, r.getGeneration()),
            "card-returned",
            r.getReason(),
            CardState.RETURNED,
            CardState.MAILED);
      }
      case "unlock" -> {
        var r = read(body, UnlockCardRequest.newBuilder()).build();
        var card = cards.find(subject, r.getGeneration());
        var to = card.card.hasActivatedAt() ? CardState.ACTIVE : CardState.MAILED;
        yield cards.move(card, "card-unlocked", "", to, CardState.LOCKED, CardState.SUSPENDED);
      }
      case "retire" -> {
        var r = read(body, RetireCardRequest.newBuilder()).build();
        var card = cards.find(subject, r.getGeneration());
        yield cards.move(
            card, "card-retired", r.getReason(), CardState.RETIRED, card.card.getState());
      }
      default -> throw new Problem(404, "unknown_path");
    };
  }

  private static <B extends Message.Builder> B read(Buffer body, B builder)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(body.toString(), builder);
    return builder;
  }

  private static void only(boolean allowed) {
    if (!allowed) {
      throw new Problem(403, "wrong_role");
    }
  }

  private static void same(String path, String body) {
    if (!body.isEmpty() && !path.equals(body)) {
      throw new Problem(400, "path_conflict");
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
