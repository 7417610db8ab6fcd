package karuta.server.model;

import static karuta.server.model.Violation.unless;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;

/// What the callers know: which questions were put, how they were answered, and what was told of each. It knows nothing
/// of the program, and holds what it is told against what it was told before.
public final class Told {
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private final Map<IdempotencyKey, Asked> verdicts = new HashMap<>();
  private final Map<String, Asked> passes = new HashMap<>();
  private int keys;

  /// A question that was put.
  public static final class Asked {
    public final String name;
    public final ChallengeView view;
    public final String card;
    public final List<Integer> draws;

    /// Under which it was answered.
    public final List<IdempotencyKey> keys = new ArrayList<>();

    public boolean answeredRight;
    public boolean answeredWrong;
    boolean toldPassed;
    boolean toldWrong;
    boolean toldEnded;
    private Optional<Map<String, Object>> claims = Optional.empty();

    private Asked(String name, ChallengeView view, String card, List<Integer> draws) {
      this.name = name;
      this.view = view;
      this.card = card;
      this.draws = draws;
    }

    /// Whether its verdict was told.
    public boolean hasVerdict() {
      return toldPassed || toldWrong;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// All that were put, the first one first.
  public List<Asked> questions() {
    return List.copyOf(asked.values());
  }

  /// The question of this id.
  public Optional<Asked> question(String id) {
    return Optional.ofNullable(asked.get(id));
  }

  /// A key that was not used before.
  public IdempotencyKey newKey() {
    return new IdempotencyKey("key-%08d".formatted(++keys));
  }

  /// A question has come, for the first time or again.
  public Asked came(ChallengeView view, String card, List<Integer> draws) {
    return asked.computeIfAbsent(
        view.id().value(), _ -> new Asked("c" + (asked.size() + 1), view, card, draws));
  }

  /// The draws whose pass was told.
  public Set<String> passed() {
    return Set.copyOf(passes.keySet());
  }

  /// A draw of a card.
  public static String name(String card, int draw) {
    return card + "#" + draw;
  }

  /// A reply to an answer has come.
  ///
  /// @param forgetful whether an old copy of the store was put back, which had the question as it was before it ended
  public void came(Asked question, IdempotencyKey key, Outcome outcome, boolean forgetful) {
    switch (outcome) {
      case Passed passed -> passed(question, key, passed, forgetful);
      case Wrong _ -> wrong(question, key, forgetful);
      case Outcome.Expired _, Outcome.Locked _, Outcome.Refused _ -> {
        unless(
            forgetful || !question.hasVerdict(),
            "%s had its verdict, and is told as ended without one",
            question);
        question.toldEnded = true;
      }
    }
  }

  private void passed(Asked question, IdempotencyKey key, Passed passed, boolean forgetful) {
    unless(question.answeredRight, "%s is told as passed, and nobody answered it right", question);
    unless(!question.toldWrong, "%s is told as passed, and was told as wrong", question);
    unless(forgetful || !question.toldEnded, "%s has ended, and is told as passed", question);
    var claims = claims(passed.receipt());
    unless(
        question.claims.isEmpty() || question.claims.get().equals(claims),
        "%s has two receipts that state different things",
        question);
    unless(
        question.view.id().value().equals(claims.get("jti"))
            && question.view.subject().value().equals(claims.get("sub"))
            && question.view.purpose().name().equals(claims.get("purpose"))
            && question.view.transactionDigest().equals(claims.get("txn_digest")),
        "the receipt of %s is for something else",
        question);
    question.claims = Optional.of(claims);
    question.toldPassed = true;
    verdict(question, key, forgetful);
    for (var draw : question.draws) {
      var before = passes.putIfAbsent(name(question.card, draw), question);
      unless(
          before == null || before == question,
          "draw %d of %s is told as passed twice, for %s and %s",
          draw,
          question.card,
          before,
          question);
    }
  }

  private void wrong(Asked question, IdempotencyKey key, boolean forgetful) {
    unless(question.answeredWrong, "%s is told as wrong, and nobody answered it wrong", question);
    unless(!question.toldPassed, "%s is told as wrong, and was told as passed", question);
    unless(forgetful || !question.toldEnded, "%s has ended, and is told as wrong", question);
    question.toldWrong = true;
    verdict(question, key, forgetful);
  }

  private void verdict(Asked question, IdempotencyKey key, boolean forgetful) {
    var before = verdicts.putIfAbsent(key, question);
    unless(
        forgetful || before == null || before == question,
        "one key has the verdicts of %s and %s",
        before,
        question);
  }

  private static Map<String, Object> claims(String receipt) {
    try {
      return SignedJWT.parse(receipt).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new Violation("a receipt is none", e);
    }
  }
}
