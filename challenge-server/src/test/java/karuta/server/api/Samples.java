package karuta.server.api;

import com.google.protobuf.Message;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.FindCardsRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.ListOrdersRequest;
import karuta.v1.Method;
import karuta.v1.Purpose;
import karuta.v1.RegisterSubjectRequest;
import karuta.v1.Transaction;

/// A request for each method that a sound server accepts.
final class Samples {
  static final String SUBJECT = "customer-1";

  private Samples() {}

  static Message of(Operation<?, ?> operation) {
    return switch (operation.method().getName()) {
      case "CreateChallenge" ->
          CreateChallengeRequest.newBuilder()
              .setSubject(SUBJECT)
              .setPurpose(Purpose.TRANSFER)
              .setTransaction(
                  Transaction.newBuilder()
                      .setReference("r-1")
                      .setPayee("ヤマダ タロウ")
                      .setAmount("10000")
                      .setCurrency("JPY"))
              .build();
      case "AnswerChallenge" ->
          AnswerChallengeRequest.newBuilder()
              .setChallengeId(FakeDomain.ID)
              .setIdempotencyKey("attempt-1")
              .build();
      case "GetChallenge" -> GetChallengeRequest.newBuilder().setChallengeId(FakeDomain.ID).build();
      case "RegisterSubject" ->
          RegisterSubjectRequest.newBuilder()
              .setSubject(SUBJECT)
              .setMethod(Method.METHOD_NONE)
              .build();
      case "ListOrders" -> ListOrdersRequest.newBuilder().setPageSize(10).build();
      case "FindCards" -> FindCardsRequest.newBuilder().setSerial("01234567894").build();
      default -> subjectAndGeneration(operation);
    };
  }

  private static Message subjectAndGeneration(Operation<?, ?> operation) {
    var builder = operation.request().newBuilderForType();
    var type = operation.method().getInputType();
    builder.setField(type.findFieldByName("subject"), SUBJECT);
    var generation = type.findFieldByName("generation");
    if (generation != null) {
      builder.setField(generation, 1);
    }
    return builder.build();
  }
}
