package karuta.demobank.attack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import karuta.client.Refused;
import karuta.demobank.api.BackOffice;
import karuta.demobank.api.FrontEnd;
import karuta.demobank.bank.Bank;
import karuta.v1.AskedCell;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.Choice;
import karuta.v1.Question;
import karuta.v1.Transaction;

/// Somebody who has a customer's login, and in the last attack the database too, but not the card. Everything goes
/// to the live server by the same calls the bank itself makes.
public final class Attacker {
  private static final int RELOADS = 30;
  private static final int PICTURES = 64;

  private final FrontEnd frontEnd;
  private final BackOffice backOffice;
  private final Bank bank;
  private final RandomGenerator random;

  public Attacker(FrontEnd frontEnd, BackOffice backOffice, Bank bank, RandomGenerator random) {
    this.frontEnd = frontEnd;
    this.backOffice = backOffice;
    this.bank = bank;
    this.random = random;
  }

  /// Asks again and again, for one transfer and then for another, hoping for known cells or for palettes that differ.
  public Reloads reload(String subject) {
    var pairs = new HashSet<String>();
    List<Set<String>> common = new ArrayList<>();
    for (var transfer : List.of(transfer(), transfer())) {
      for (var i = 0; i < RELOADS / 2; i++) {
        var challenge = frontEnd.ask(subject, transfer);
        pairs.add(cells(challenge));
        intersect(common, challenge);
      }
    }
    var left = common.stream().mapToInt(Set::size).min().orElse(PICTURES);
    var abandoned =
        frontEnd.subject(subject).getCardsList().stream()
            .filter(card -> card.getState() == CardState.ACTIVE)
            .mapToInt(Card::getAbandonedQuestions)
            .findFirst()
            .orElse(0);
    return new Reloads(
        RELOADS, pairs.size(), String.join(" / ", pairs), PICTURES - left, 2, abandoned);
  }

  /// Guesses until the server stops listening, and twice more.
  public Guesses guess(String subject) {
    var guesses = new ArrayList<Guesses.Guess>();
    var silent = 0;
    for (var n = 1; n <= 12 && silent < 2; n++) {
      try {
        var challenge = frontEnd.ask(subject, transfer());
        var reply = frontEnd.answer(challenge.getChallengeId(), bank.newId(), random(challenge));
        guesses.add(
            new Guesses.Guess(n, reply.getOutcome().name(), false, reply.getAttemptsLeft()));
      } catch (Refused e) {
        silent++;
        guesses.add(new Guesses.Guess(n, e.code(), true, 0));
      }
    }
    return new Guesses(guesses);
  }

  /// Takes the record of a card, as a thief of the database would, and tries every answer of its live question.
  public Theft steal(String subject, int generation) {
    var record = backOffice.record(subject, generation);
    var draw =
        record.getDrawsList().stream()
            .filter(d -> d.getCurrent() || !d.getUsed())
            .reduce((a, b) -> a.getCurrent() ? a : b)
            .orElseThrow();
    var database = new StolenDatabase(record);
    var searches = database.guessedKeys().stream().map(key -> database.search(draw, key)).toList();
    return new Theft(
        String.join(" / ", draw.getCellsList()),
        searches.size(),
        searches.stream().mapToInt(StolenDatabase.Search::tried).sum(),
        searches.stream().mapToInt(StolenDatabase.Search::fitting).sum());
  }

  private Transaction transfer() {
    return Transaction.newBuilder()
        .setReference(bank.newId())
        .setPayee("Attacker")
        .setAmount("900000")
        .setCurrency("JPY")
        .build();
  }

  private List<List<Integer>> random(Challenge challenge) {
    return challenge.getQuestionsList().stream()
        .map(
            question ->
                question.getCellsList().stream().map(_ -> random.nextInt(PICTURES)).toList())
        .toList();
  }

  private static String cells(Challenge challenge) {
    return challenge.getQuestionsList().stream()
        .map(Question::getCellsList)
        .flatMap(List::stream)
        .map(AskedCell::getCell)
        .collect(Collectors.joining(", "));
  }

  private static void intersect(List<Set<String>> common, Challenge challenge) {
    var shown =
        challenge.getQuestionsList().stream()
            .flatMap(question -> question.getCellsList().stream())
            .map(
                cell ->
                    cell.getChoicesList().stream()
                        .map(Choice::getPictureUrl)
                        .collect(Collectors.<String>toSet()))
            .toList();
    for (var i = 0; i < shown.size(); i++) {
      if (common.size() <= i) {
        common.add(new HashSet<>(shown.get(i)));
      } else {
        common.get(i).retainAll(shown.get(i));
      }
    }
  }
}
