package karuta.demobank.fake;

import com.google.protobuf.Timestamp;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Palette;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.client.TransactionDigest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.AskedCell;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.ChallengeState;
import karuta.v1.Choice;
import karuta.v1.Method;
import karuta.v1.Outcome;
import karuta.v1.Purpose;
import karuta.v1.Question;
import karuta.v1.Transaction;

/// Questions and answers in the stand-in, by the rules of `docs/card-lifecycle.md`.
final class FakeChallenges {
  static final Duration WINDOW = Duration.ofMinutes(3);
  private static final int WRONG_LIMIT = 5;
  private static final int ABANDONED_LIMIT = 10;

  private final FakeCards cards;
  private final FakeReceipts receipts;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<String, AnswerChallengeResponse> answered = new LinkedHashMap<>();
  volatile boolean tokenDown;

  FakeChallenges(FakeCards cards, FakeReceipts receipts) {
    this.cards = cards;
    this.receipts = receipts;
  }

  /// A challenge and what the server remembers beside it: the order of each cell's palette on the screen.
  private static final class Asked {
    final FakeCard card;
    final Challenge.Builder challenge;
    final FakeCard.FakeDraw draw;
    final List<List<PictureId>> shown = new ArrayList<>();

    Asked(FakeCard card, Challenge.Builder challenge, FakeCard.FakeDraw draw) {
      this.card = card;
      this.challenge = challenge;
      this.draw = draw;
    }
  }

  Challenge create(String subject, Transaction transaction) {
    var card =
        cards.of(subject).reversed().stream()
            .filter(c -> c.card.hasActivatedAt() && c.card.getState() != CardState.RETIRED)
            .findFirst()
            .orElseThrow(() -> new Problem(409, "no_active_card"));
    return switch (card.card.getState()) {
      case ACTIVE -> ask(card, Purpose.TRANSFER, transaction);
      case LOCKED -> throw new Problem(409, "card_locked");
      default -> throw new Problem(409, "card_suspended");
    };
  }

  Challenge activate(String subject) {
    var card =
        cards.of(subject).reversed().stream()
            .filter(c -> c.card.getState() == CardState.MAILED)
            .findFirst()
            .orElseThrow(() -> new Problem(409, "no_mailed_card"));
    var reference = "card-" + card.card.getGeneration();
    return ask(card, Purpose.ACTIVATION, Transaction.newBuilder().setReference(reference).build());
  }

  private Challenge ask(FakeCard card, Purpose purpose, Transaction transaction) {
    for (var old : asked.values()) {
      if (old.card == card && state(old) == ChallengeState.OPEN) {
        if (old.challenge.getTransaction().equals(transaction)) {
          return view(old);
        }
        settle(old, ChallengeState.ABANDONED, "challenge-abandoned");
      }
    }
    if (card.card.getState() == CardState.SUSPENDED) {
      throw new Problem(409, "card_suspended");
    }
    var end = cards.clock.instant().plus(WINDOW);
    var challenge =
        Challenge.newBuilder()
            .setChallengeId(UUID.randomUUID().toString())
            .setSubject(card.subject)
            .setPurpose(purpose)
            .setTransaction(transaction)
            .setTransactionDigest(TransactionDigest.of(transaction))
            .setState(ChallengeState.OPEN)
            .setCreatedAt(cards.now())
            .setExpiresAt(Timestamp.newBuilder().setSeconds(end.getEpochSecond()));
    var fresh = new Asked(card, challenge, card.ask(cards.random));
    for (var cell : fresh.draw.cells) {
      var pictures = new ArrayList<>(card.palette(cell).pictures());
      Collections.shuffle(pictures, cards.random);
      fresh.shown.add(pictures);
    }
    challenge.addQuestions(question(fresh));
    asked.put(challenge.getChallengeId(), fresh);
    cards.log(card.subject, "front-end", "challenge-created", card, fresh.draw.number);
    return view(fresh);
  }

  private static Question question(Asked asked) {
    var question = Question.newBuilder();
    for (var c = 0; c < asked.draw.cells.size(); c++) {
      var cell = asked.draw.cells.get(c);
      var pictures = asked.shown.get(c);
      question.addCells(
          AskedCell.newBuilder()
              .setCell(cell.toString())
              .setRow(cell.rowName())
              .setRowLatin(cell.latinRowName())
              .setColumn(cell.column())
              .addAllChoices(
                  IntStream.range(0, Palette.SIZE)
                      .mapToObj(i -> choice(i, pictures.get(i)))
                      .toList()));
    }
    return question.build();
  }

  private static Choice choice(int position, PictureId id) {
    var picture = Catalogue.v1().picture(id);
    return Choice.newBuilder()
        .setChoice(position)
        .setPictureUrl("/v1/pictures/" + picture.sha256() + ".svg")
        .setLabelJa(picture.ja())
        .setLabelEn(picture.en())
        .build();
  }

  Challenge read(String id) {
    return view(find(id));
  }

  private Asked find(String id) {
    var found = asked.get(id);
    if (found == null) {
      throw new Problem(404, "challenge_not_found");
    }
    return found;
  }

  /// The state, after an expiry that nobody has noticed yet.
  private ChallengeState state(Asked one) {
    var over = cards.clock.instant().getEpochSecond() > one.challenge.getExpiresAt().getSeconds();
    if (one.challenge.getState() == ChallengeState.OPEN && over) {
      settle(one, ChallengeState.EXPIRED, "challenge-expired");
    }
    return one.challenge.getState();
  }

  private void settle(Asked one, ChallengeState state, String event) {
    one.challenge.setState(state).clearQuestions();
    cards.log(one.card.subject, "karuta", event, one.card, one.draw.number);
    var abandoned = one.card.card.getAbandonedQuestions() + 1;
    one.card.card.setAbandonedQuestions(abandoned);
    if (abandoned >= ABANDONED_LIMIT) {
      var reason = "%d questions were opened and not answered".formatted(abandoned);
      one.card.card.setState(CardState.SUSPENDED).setReason(reason);
      cards.log(one.card.subject, "karuta", "card-suspended", one.card, 0, reason);
    }
  }

  private Challenge view(Asked one) {
    state(one);
    return one.challenge
        .setDrawsLeft(one.card.card.getDrawsLeft())
        .setPictureSheetUrl(FakeApi.SHEET_PATH)
        .build();
  }

  AnswerChallengeResponse answer(AnswerChallengeRequest request) {
    var before = answered.get(request.getIdempotencyKey());
    if (before != null) {
      return before;
    }
    var one = find(request.getChallengeId());
    if (!request.getIdempotencyKey().matches("[A-Za-z0-9_-]{8,64}")) {
      throw new Problem(400, "invalid_field");
    }
    var outcome = outcome(one, request);
    var reply =
        AnswerChallengeResponse.newBuilder()
            .setChallengeId(request.getChallengeId())
            .setOutcome(outcome)
            .setReceipt(one.challenge.getReceipt())
            .setCardState(one.card.card.getState())
            .setAttemptsLeft(Math.max(0, WRONG_LIMIT - one.card.card.getWrongAnswers()))
            .setDrawsLeft(one.card.card.getDrawsLeft())
            .build();
    answered.put(request.getIdempotencyKey(), reply);
    return reply;
  }

  private Outcome outcome(Asked one, AnswerChallengeRequest request) {
    switch (state(one)) {
      case EXPIRED -> {
        return Outcome.OUTCOME_EXPIRED;
      }
      case ABANDONED -> {
        return Outcome.OUTCOME_REFUSED;
      }
      case OPEN -> {}
      default -> throw new Problem(409, "challenge_settled");
    }
    switch (one.card.card.getState()) {
      case LOCKED -> {
        return Outcome.OUTCOME_LOCKED;
      }
      case ACTIVE, MAILED -> {}
      default -> {
        return Outcome.OUTCOME_REFUSED;
      }
    }
    if (tokenDown) {
      throw new Problem(503, "token_unavailable");
    }
    var pictures = new ArrayList<PictureId>();
    for (var c = 0; c < one.draw.cells.size(); c++) {
      pictures.add(one.shown.get(c).get(request.getAnswers(0).getChoices(c)));
    }
    var tag = one.card.tag(cards.key, one.draw.number, one.draw.cells, pictures);
    return MessageDigest.isEqual(tag, one.draw.tag) ? right(one) : wrong(one);
  }

  private Outcome right(Asked one) {
    var card = one.card;
    one.draw.used = true;
    card.current = null;
    card.card.setWrongAnswers(0).setAbandonedQuestions(0);
    cards.log(card.subject, "front-end", "answer-right", card, one.draw.number);
    if (one.challenge.getPurpose() == Purpose.ACTIVATION) {
      cards.of(card.subject).stream()
          .filter(old -> old != card && old.card.getState() != CardState.RETIRED)
          .forEach(
              old ->
                  old.card
                      .setState(CardState.RETIRED)
                      .setReason("replaced by card " + card.card.getGeneration())
                      .setEndedAt(cards.now()));
      card.card.setState(CardState.ACTIVE).setActivatedAt(cards.now());
      cards.log(card.subject, "front-end", "card-activated", card, 0);
      var before = Objects.requireNonNull(cards.methods.put(card.subject, Method.IMAGE_CARD));
      if (before != Method.IMAGE_CARD) {
        var detail = before + " to " + Method.IMAGE_CARD;
        cards.log(card.subject, "front-end", "method-changed", null, 0, detail);
      }
    }
    one.challenge
        .setState(ChallengeState.PASSED)
        .clearQuestions()
        .setReceipt(
            receipts.sign(one.challenge.build(), card.card.getGeneration(), cards.clock.instant()));
    return Outcome.OUTCOME_PASSED;
  }

  private Outcome wrong(Asked one) {
    var card = one.card.card;
    card.setWrongAnswers(card.getWrongAnswers() + 1);
    receipts.wrong();
    one.challenge.setState(ChallengeState.FAILED).clearQuestions();
    cards.log(one.card.subject, "front-end", "answer-wrong", one.card, one.draw.number);
    if (card.getWrongAnswers() >= WRONG_LIMIT) {
      card.setState(CardState.LOCKED);
      var reason = card.getWrongAnswers() + " wrong answers in a row";
      cards.log(one.card.subject, "karuta", "card-locked", one.card, 0, reason);
    }
    return Outcome.OUTCOME_WRONG;
  }

  /// The picture that stands in a cell: what only the card's holder knows.
  static String rightPicture(FakeCard card, String cell) {
    return Catalogue.v1().picture(card.layout.get(Cell.parse(cell).index())).sha256();
  }
}
