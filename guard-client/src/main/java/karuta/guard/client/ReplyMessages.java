package karuta.guard.client;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.guard.v1.Fault;
import karuta.guard.v1.Judged;
import karuta.guard.v1.Refused;
import karuta.guard.v1.Sealed;

/// Replies as messages and back. What is read keeps every rule of the records, or is refused with an
/// [IllegalArgumentException]; so is a verdict or a reason that has no name here, as the names are the same on both
/// sides.
final class ReplyMessages {
  private ReplyMessages() {}

  static karuta.guard.v1.Reply of(Reply reply) {
    var message = karuta.guard.v1.Reply.newBuilder();
    return switch (reply) {
      case Reply.Judged judged ->
          message
              .setJudged(
                  Judged.newBuilder()
                      .setJudgement(of(judged.judgement()))
                      .addAllUnseen(of(judged.unseen()))
                      .setReceipt(judged.receipt().orElse("")))
              .build();
      case Reply.Refused refused ->
          message
              .setRefused(
                  Refused.newBuilder()
                      .setReason(Refused.Reason.valueOf(refused.reason().name()))
                      .addAllSpent(refused.spent())
                      .addAllUnseen(of(refused.unseen())))
              .build();
    };
  }

  static karuta.guard.v1.Reply of(String seal) {
    return karuta.guard.v1.Reply.newBuilder().setSealed(Sealed.newBuilder().setSeal(seal)).build();
  }

  static karuta.guard.v1.Reply of(Standing standing) {
    return karuta.guard.v1.Reply.newBuilder()
        .setStanding(
            karuta.guard.v1.Standing.newBuilder()
                .setGuard(standing.guard())
                .setReason(standing.reason())
                .setReceiptKeys(standing.receiptKeys())
                .setSealKeys(standing.sealKeys())
                .addAllHeads(HeadMessages.of(standing.heads()))
                .setBehind(standing.behind())
                .putAllEpochs(
                    standing.epochs().entrySet().stream()
                        .collect(
                            Collectors.toMap(epoch -> epoch.getKey().value(), Map.Entry::getValue)))
                .addAllCapped(standing.capped()))
        .build();
  }

  /// The reply, which may be to another kind of call: what it lacks then reads as empty, and no record takes that.
  ///
  /// @throws GuardUnavailable if it is a fault
  private static karuta.guard.v1.Reply read(byte[] message) {
    try {
      var reply = karuta.guard.v1.Reply.parseFrom(message);
      if (reply.hasFault()) {
        throw unavailable(reply.getFault());
      }
      return reply;
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("not a reply", broken);
    }
  }

  /// The reply to a call to judge or recall `challenge`. A verdict on another one would be settled for this.
  static Reply outcome(byte[] message, ChallengeId challenge) {
    var reply = read(message);
    if (reply.hasRefused()) {
      var refused = reply.getRefused();
      return new Reply.Refused(
          Reply.Reason.valueOf(refused.getReason().name()),
          refused.getSpentList(),
          read(refused.getUnseenList()));
    }
    var judged = reply.getJudged();
    var judgement = read(judged.getJudgement());
    if (!judgement.challenge().equals(challenge)) {
      throw new IllegalArgumentException("the judgement is on another challenge");
    }
    return new Reply.Judged(
        judgement,
        read(judged.getUnseenList()),
        Optional.of(judged.getReceipt()).filter(receipt -> !receipt.isEmpty()));
  }

  static String seal(byte[] message) {
    var seal = read(message).getSealed().getSeal();
    if (seal.isEmpty()) {
      throw new IllegalArgumentException("the seal is empty");
    }
    return seal;
  }

  static Standing standing(byte[] message) {
    var standing = read(message).getStanding();
    return new Standing(
        standing.getGuard(),
        standing.getReason(),
        standing.getReceiptKeys(),
        standing.getSealKeys(),
        HeadMessages.read(standing.getHeadsList()),
        standing.getBehind(),
        standing.getEpochsMap().entrySet().stream()
            .collect(Collectors.toMap(epoch -> new EpochId(epoch.getKey()), Map.Entry::getValue)),
        Set.copyOf(standing.getCappedList()));
  }

  private static List<karuta.guard.v1.Judgement> of(List<Judgement> judgements) {
    return judgements.stream().map(ReplyMessages::of).toList();
  }

  private static karuta.guard.v1.Judgement of(Judgement judgement) {
    return karuta.guard.v1.Judgement.newBuilder()
        .setChallenge(judgement.challenge().value())
        .setHead(HeadMessages.of(judgement.head()))
        .setVerdict(karuta.guard.v1.Judgement.Verdict.valueOf(judgement.verdict().name()))
        .setGuard(judgement.guard())
        .setSequence(judgement.sequence())
        .setAt(judgement.at().toEpochMilli())
        .build();
  }

  private static List<Judgement> read(List<karuta.guard.v1.Judgement> messages) {
    return messages.stream().map(ReplyMessages::read).toList();
  }

  private static Judgement read(karuta.guard.v1.Judgement message) {
    return new Judgement(
        new ChallengeId(message.getChallenge()),
        HeadMessages.read(message.getHead()),
        Judgement.Verdict.valueOf(message.getVerdict().name()),
        message.getGuard(),
        message.getSequence(),
        Instant.ofEpochMilli(message.getAt()));
  }

  private static GuardUnavailable unavailable(Fault fault) {
    return new GuardUnavailable(
        "the guard says "
            + fault.getKind()
            + (fault.getReason().isEmpty() ? "" : ": " + fault.getReason()));
  }
}
