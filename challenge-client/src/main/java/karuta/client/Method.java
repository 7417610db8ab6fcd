package karuta.client;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.CardOuterClass;
import karuta.v1.CardRecord;
import karuta.v1.Challenge;
import karuta.v1.ChallengeOuterClass;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.FindCardsRequest;
import karuta.v1.FindCardsResponse;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetChallengeRequest;
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

/// A method of the contract, with the types of its messages. A test holds this list to the contract.
///
/// @param descriptor what the contract says of it, its HTTP rule among it
/// @param request an empty request
/// @param reply an empty reply, to read one by
public record Method<Q extends Message, A extends Message>(
    MethodDescriptor descriptor, Q request, A reply) {
  public static final Method<CreateChallengeRequest, Challenge> CREATE_CHALLENGE =
      challenge(
          "CreateChallenge",
          CreateChallengeRequest.getDefaultInstance(),
          Challenge.getDefaultInstance());
  public static final Method<ActivateCardRequest, Challenge> ACTIVATE_CARD =
      challenge(
          "ActivateCard", ActivateCardRequest.getDefaultInstance(), Challenge.getDefaultInstance());
  public static final Method<GetChallengeRequest, Challenge> GET_CHALLENGE =
      challenge(
          "GetChallenge", GetChallengeRequest.getDefaultInstance(), Challenge.getDefaultInstance());
  public static final Method<AnswerChallengeRequest, AnswerChallengeResponse> ANSWER_CHALLENGE =
      challenge(
          "AnswerChallenge",
          AnswerChallengeRequest.getDefaultInstance(),
          AnswerChallengeResponse.getDefaultInstance());
  public static final Method<RegisterSubjectRequest, Subject> REGISTER_SUBJECT =
      card(
          "RegisterSubject",
          RegisterSubjectRequest.getDefaultInstance(),
          Subject.getDefaultInstance());
  public static final Method<GetSubjectRequest, Subject> GET_SUBJECT =
      card("GetSubject", GetSubjectRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<OrderCardRequest, Subject> ORDER_CARD =
      card("OrderCard", OrderCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<MailCardRequest, Subject> MAIL_CARD =
      card("MailCard", MailCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<ReturnCardRequest, Subject> RETURN_CARD =
      card("ReturnCard", ReturnCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<SuspendCardRequest, Subject> SUSPEND_CARD =
      card("SuspendCard", SuspendCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<UnlockCardRequest, Subject> UNLOCK_CARD =
      card("UnlockCard", UnlockCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<RetireCardRequest, Subject> RETIRE_CARD =
      card("RetireCard", RetireCardRequest.getDefaultInstance(), Subject.getDefaultInstance());
  public static final Method<ListOrdersRequest, ListOrdersResponse> LIST_ORDERS =
      card(
          "ListOrders",
          ListOrdersRequest.getDefaultInstance(),
          ListOrdersResponse.getDefaultInstance());
  public static final Method<ListAuditRequest, ListAuditResponse> LIST_AUDIT =
      card(
          "ListAudit",
          ListAuditRequest.getDefaultInstance(),
          ListAuditResponse.getDefaultInstance());
  public static final Method<FindCardsRequest, FindCardsResponse> FIND_CARDS =
      card(
          "FindCards",
          FindCardsRequest.getDefaultInstance(),
          FindCardsResponse.getDefaultInstance());
  public static final Method<GetCardRecordRequest, CardRecord> GET_CARD_RECORD =
      card(
          "GetCardRecord",
          GetCardRecordRequest.getDefaultInstance(),
          CardRecord.getDefaultInstance());

  private static <Q extends Message, A extends Message> Method<Q, A> challenge(
      String name, Q request, A reply) {
    var service = ChallengeOuterClass.getDescriptor().findServiceByName("ChallengeService");
    return new Method<>(service.findMethodByName(name), request, reply);
  }

  private static <Q extends Message, A extends Message> Method<Q, A> card(
      String name, Q request, A reply) {
    var service = CardOuterClass.getDescriptor().findServiceByName("CardService");
    return new Method<>(service.findMethodByName(name), request, reply);
  }

  /// The contract's name of it, for example `CreateChallenge`.
  public String name() {
    return descriptor.getName();
  }
}
