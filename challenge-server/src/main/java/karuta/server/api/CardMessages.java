package karuta.server.api;

import com.google.protobuf.ByteString;
import karuta.card.Serial;
import karuta.server.audit.AuditEntry;
import karuta.server.card.CardRecord;
import karuta.server.card.CardView;
import karuta.server.card.FoundCard;
import karuta.server.card.Order;
import karuta.server.card.SubjectView;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.DrawRecord;
import karuta.v1.Method;
import karuta.v1.Subject;

/// What the domain says of cards, as messages of the contract.
final class CardMessages {
  private CardMessages() {}

  static Subject subject(SubjectView view) {
    var message =
        Subject.newBuilder()
            .setSubject(view.subject().value())
            .setMethod(method(view.method()))
            .setCanOrder(view.orderRefusal().isEmpty())
            .setOrderRefusal(view.orderRefusal().map(code -> Failures.of(code).wire()).orElse(""));
    view.cards().forEach(card -> message.addCards(card(card)));
    return message.build();
  }

  static Card card(CardView view) {
    var message =
        Card.newBuilder()
            .setGeneration(view.generation().value())
            .setSerial(view.serial().map(Serial::digits).orElse(""))
            .setState(state(view.state()))
            .setProfile(view.profile().label())
            .setOrderedAt(Times.of(view.orderedAt()))
            .setTrackingNumber(view.trackingNumber())
            .setReason(view.reason())
            .setWrongAnswers(view.wrongAnswers())
            .setWrongAnswersInLife(view.wrongInLife())
            .setAbandonedQuestions(view.abandonedQuestions())
            .setDrawsLeft(view.drawsLeft())
            .setRenewalDue(view.renewalDue())
            .setCellsExposed(view.cellsExposed());
    view.issuedAt().map(Times::of).ifPresent(message::setIssuedAt);
    view.mailedAt().map(Times::of).ifPresent(message::setMailedAt);
    view.activatedAt().map(Times::of).ifPresent(message::setActivatedAt);
    view.endedAt().map(Times::of).ifPresent(message::setEndedAt);
    return message.build();
  }

  static karuta.v1.Order order(Order order) {
    return karuta.v1.Order.newBuilder()
        .setSubject(order.subject().value())
        .setGeneration(order.generation().value())
        .setProfile(order.profile().label())
        .setOrderedAt(Times.of(order.orderedAt()))
        .build();
  }

  static karuta.v1.FoundCard found(FoundCard card) {
    return karuta.v1.FoundCard.newBuilder()
        .setSubject(card.subject().value())
        .setGeneration(card.generation().value())
        .setState(state(card.state()))
        .build();
  }

  static karuta.v1.AuditEntry audit(AuditEntry entry) {
    return karuta.v1.AuditEntry.newBuilder()
        .setAt(Times.of(entry.at()))
        .setActor(entry.actor())
        .setEvent(entry.event().label())
        .setGeneration(entry.generation())
        .setChallengeId(entry.challengeId())
        .setDraw(entry.draw())
        .setDetail(entry.detail())
        .build();
  }

  static karuta.v1.CardRecord record(CardRecord record) {
    var message =
        karuta.v1.CardRecord.newBuilder()
            .setSubject(record.subject().value())
            .setCard(card(record.card()))
            .setBatch(record.batch().value())
            .setEpoch(record.epoch().value())
            .setCatalogue(record.catalogue())
            .setPaletteSeed(ByteString.copyFrom(record.seed().toBytes()));
    record.draws().forEach(draw -> message.addDraws(draw(draw)));
    return message.build();
  }

  private static DrawRecord draw(CardRecord.Draw draw) {
    var message =
        DrawRecord.newBuilder()
            .setNumber(draw.record().number())
            .setTag(ByteString.copyFrom(draw.record().tag()))
            .setUsed(draw.used())
            .setCurrent(draw.current());
    draw.record().cells().forEach(cell -> message.addCells(cell.toString()));
    return message.build();
  }

  static CardState state(karuta.server.card.CardState state) {
    return switch (state) {
      case ORDERED -> CardState.ORDERED;
      case ISSUED -> CardState.ISSUED;
      case MAILED -> CardState.MAILED;
      case ACTIVE -> CardState.ACTIVE;
      case LOCKED -> CardState.LOCKED;
      case SUSPENDED -> CardState.SUSPENDED;
      case RETIRED -> CardState.RETIRED;
      case RETURNED -> CardState.RETURNED;
    };
  }

  static Method method(karuta.server.card.Method method) {
    return switch (method) {
      case NONE -> Method.METHOD_NONE;
      case CONFIRMATION_PASSWORD -> Method.CONFIRMATION_PASSWORD;
      case ONE_TIME_PASSWORD -> Method.ONE_TIME_PASSWORD;
      case IMAGE_CARD -> Method.IMAGE_CARD;
    };
  }

  /// The method a caller names.
  ///
  /// @throws CallRefused if none is named
  static karuta.server.card.Method method(Method method) {
    return switch (method) {
      case METHOD_NONE -> karuta.server.card.Method.NONE;
      case CONFIRMATION_PASSWORD -> karuta.server.card.Method.CONFIRMATION_PASSWORD;
      case ONE_TIME_PASSWORD -> karuta.server.card.Method.ONE_TIME_PASSWORD;
      case IMAGE_CARD -> karuta.server.card.Method.IMAGE_CARD;
      case METHOD_UNSPECIFIED, UNRECOGNIZED -> throw new CallRefused(Code.INVALID_FIELD, "method");
    };
  }
}
