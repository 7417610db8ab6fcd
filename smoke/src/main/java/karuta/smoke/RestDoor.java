package karuta.smoke;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.CardRecord;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.ListOrdersRequest;
import karuta.v1.ListOrdersResponse;
import karuta.v1.MailCardRequest;
import karuta.v1.OrderCardRequest;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.Subject;
import karuta.v1.UnlockCardRequest;

/// REST: proto3 JSON over HTTP, as a front end without gRPC would speak it.
final class RestDoor implements Door {
  private final WebClient client;

  RestDoor(WebClient client) {
    this.client = client;
  }

  @Override
  public Challenge activate(ActivateCardRequest request) {
    var path = "/v1/subjects/" + request.getSubject() + "/cards:activate";
    return post(path, request.toBuilder().clearSubject().build(), Challenge.newBuilder()).build();
  }

  @Override
  public Challenge create(CreateChallengeRequest request) {
    return post("/v1/challenges", request, Challenge.newBuilder()).build();
  }

  @Override
  public Challenge get(GetChallengeRequest request) {
    return read("/v1/challenges/" + request.getChallengeId(), Challenge.newBuilder()).build();
  }

  @Override
  public AnswerChallengeResponse answer(AnswerChallengeRequest request) {
    var path = "/v1/challenges/" + request.getChallengeId() + ":answer";
    return post(
            path,
            request.toBuilder().clearChallengeId().build(),
            AnswerChallengeResponse.newBuilder())
        .build();
  }

  @Override
  public Subject subject(GetSubjectRequest request) {
    return read("/v1/subjects/" + request.getSubject(), Subject.newBuilder()).build();
  }

  @Override
  public CardRecord record(GetCardRecordRequest request) {
    var path =
        "/v1/subjects/" + request.getSubject() + "/cards/" + request.getGeneration() + "/record";
    return read(path, CardRecord.newBuilder()).build();
  }

  @Override
  public Subject unlock(UnlockCardRequest request) {
    var path = "/v1/subjects/" + request.getSubject() + "/cards:unlock";
    return post(path, request.toBuilder().clearSubject().build(), Subject.newBuilder()).build();
  }

  Subject register(RegisterSubjectRequest request) {
    var path = "/v1/subjects/" + request.getSubject();
    return send(
            HttpMethod.PUT, path, request.toBuilder().clearSubject().build(), Subject.newBuilder())
        .build();
  }

  Subject order(OrderCardRequest request) {
    var path = "/v1/subjects/" + request.getSubject() + "/cards:order";
    return post(path, request.toBuilder().clearSubject().build(), Subject.newBuilder()).build();
  }

  Subject mail(MailCardRequest request) {
    var path = "/v1/subjects/" + request.getSubject() + "/cards:mail";
    return post(path, request.toBuilder().clearSubject().build(), Subject.newBuilder()).build();
  }

  ListOrdersResponse orders(ListOrdersRequest request) {
    var token = URLEncoder.encode(request.getPageToken(), StandardCharsets.UTF_8);
    var path = "/v1/orders?pageSize=" + request.getPageSize();
    return read(
            token.isEmpty() ? path : path + "&pageToken=" + token, ListOrdersResponse.newBuilder())
        .build();
  }

  /// A plain request, for what is not a message of the contract.
  HttpResponse<Buffer> raw(HttpMethod method, String path, String contentType, Buffer body) {
    var request = client.request(method, path);
    if (!contentType.isEmpty()) {
      request.putHeader("content-type", contentType);
    }
    return Waiting.on(request.sendBuffer(body));
  }

  /// A plain GET.
  HttpResponse<Buffer> get(String path) {
    return Waiting.on(client.get(path).send());
  }

  /// The body of a GET, empty if there is none.
  String text(String path) {
    var body = get(path).bodyAsString();
    return body == null ? "" : body;
  }

  private <B extends Message.Builder> B read(String path, B into) {
    return merge(get(path), into);
  }

  private <B extends Message.Builder> B post(String path, Message request, B into) {
    return send(HttpMethod.POST, path, request, into);
  }

  private <B extends Message.Builder> B send(
      HttpMethod method, String path, Message request, B into) {
    try {
      var body = Buffer.buffer(JsonFormat.printer().print(request));
      return merge(raw(method, path, "application/json", body), into);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the request cannot be written", e);
    }
  }

  private static <B extends Message.Builder> B merge(HttpResponse<Buffer> response, B into) {
    if (response.statusCode() != 200) {
      throw new Refused("HTTP " + response.statusCode(), code(response));
    }
    try {
      JsonFormat.parser().merge(response.bodyAsString(), into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the reply is not the message it should be", e);
    }
  }

  private static String code(HttpResponse<Buffer> response) {
    var type = response.getHeader("content-type");
    if (type == null || !type.startsWith("application/problem+json")) {
      throw new AssertionError("an error of type " + type + " instead of a problem");
    }
    return new JsonObject(response.bodyAsString()).getString("code", "");
  }
}
