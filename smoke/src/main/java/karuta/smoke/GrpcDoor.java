package karuta.smoke;

import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.InvalidStatusException;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.CardRecord;
import karuta.v1.CardServiceGrpcClient;
import karuta.v1.Challenge;
import karuta.v1.ChallengeServiceGrpcClient;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.Subject;
import karuta.v1.UnlockCardRequest;

/// gRPC over the same port.
final class GrpcDoor implements Door {
  private final ChallengeServiceGrpcClient challenges;
  private final CardServiceGrpcClient cards;

  GrpcDoor(GrpcClient client, SocketAddress server) {
    this.challenges = ChallengeServiceGrpcClient.create(client, server);
    this.cards = CardServiceGrpcClient.create(client, server);
  }

  @Override
  public Challenge activate(ActivateCardRequest request) {
    return reply(challenges.activateCard(request));
  }

  @Override
  public Challenge create(CreateChallengeRequest request) {
    return reply(challenges.createChallenge(request));
  }

  @Override
  public Challenge get(GetChallengeRequest request) {
    return reply(challenges.getChallenge(request));
  }

  @Override
  public AnswerChallengeResponse answer(AnswerChallengeRequest request) {
    return reply(challenges.answerChallenge(request));
  }

  @Override
  public Subject subject(GetSubjectRequest request) {
    return reply(cards.getSubject(request));
  }

  @Override
  public CardRecord record(GetCardRecordRequest request) {
    return reply(cards.getCardRecord(request));
  }

  @Override
  public Subject unlock(UnlockCardRequest request) {
    return reply(cards.unlockCard(request));
  }

  private static <T> T reply(Future<T> future) {
    try {
      return Waiting.on(future);
    } catch (InvalidStatusException e) {
      throw new Refused("gRPC " + e.actualStatus(), e.actualStatus().name());
    }
  }
}
