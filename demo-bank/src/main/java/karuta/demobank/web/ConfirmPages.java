package karuta.demobank.web;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.client.Refused;
import karuta.client.Unavailable;
import karuta.demobank.api.FrontEnd;
import karuta.demobank.bank.Bank;
import karuta.demobank.bank.Confirmation;
import karuta.demobank.bank.Confirmation.Kind;
import karuta.demobank.web.PageRequest.Action;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.ChallengeState;
import karuta.v1.Method;

/// The pages on which a customer confirms something: asks the question, passes the answer on, and shows the outcome.
///
/// A page never relies on what was shown before: [#show] reads the challenge from the server and shows its present
/// state, so a reload, the back button, a second tab and a lost reply all show what is so. The choices of an answer are
/// read from the form, sent, and forgotten.
final class ConfirmPages {
  private static final Limits LIMITS = Limits.STANDARD;

  private final FrontEnd frontEnd;
  private final Bank bank;
  private final Pictures pictures;
  private final InstantSource clock;

  ConfirmPages(FrontEnd frontEnd, Bank bank, Pictures pictures, InstantSource clock) {
    this.frontEnd = frontEnd;
    this.bank = bank;
    this.pictures = pictures;
    this.clock = clock;
  }

  void mount(Site site) {
    site.getOwn("/confirm/:id", this::show)
        .postOwn("/confirm/:id/password", this::password)
        .postOwn("/confirm/:id/answer", this::answer)
        .postOwn("/confirm/:id/again", this::again);
  }

  /// Sends the visitor to the page of a new confirmation. The question that is due is put once the visitor's browser
  /// has the pictures, for its time runs from then. This bank's first question tells where they are: it is put at once.
  void begin(PageRequest request, Confirmation confirmation) {
    try {
      var subject = frontEnd.subject(confirmation.customer().subject());
      var due = confirmation.kind() == Kind.SWITCH || subject.getMethod() == Method.IMAGE_CARD;
      if (due && pictures.expected().isEmpty()) {
        ask(confirmation);
      }
    } catch (Unavailable _) {
      // The page says what is the matter, and goes on once it is not.
    }
    request.go("/confirm/" + confirmation.id());
  }

  private void ask(Confirmation confirmation) {
    var subject = confirmation.customer().subject();
    try {
      var challenge =
          switch (confirmation.kind()) {
            case TRANSFER -> frontEnd.ask(subject, confirmation.transaction());
            case SWITCH -> frontEnd.activate(subject);
          };
      confirmation.asked(challenge.getChallengeId());
    } catch (Refused e) {
      // Locked or suspended in the meantime, for example: the page shows it.
      confirmation.refused(e.code());
    }
  }

  private void show(PageRequest request) {
    var confirmation = find(request);
    if (confirmation.doneAt().isPresent()) {
      done(request, confirmation);
      return;
    }
    var subject = frontEnd.subject(confirmation.customer().subject());
    if (confirmation.kind() == Kind.TRANSFER && subject.getMethod() != Method.IMAGE_CARD) {
      withoutCard(request, confirmation, subject.getMethod());
      return;
    }
    var challenge = read(confirmation);
    if (challenge.map(Challenge::getState).filter(s -> s == ChallengeState.PASSED).isPresent()) {
      bank.settle(confirmation, challenge.orElseThrow().getReceipt());
      done(request, confirmation);
      return;
    }
    var wallet = new Wallet(subject);
    var card = confirmation.kind() == Kind.TRANSFER ? wallet.inUse() : wallet.onItsWay();
    if (Wallet.is(card, CardState.LOCKED)) {
      request.call("locked", List.of(leave()), "desk", "/services/lost");
    } else if (Wallet.is(card, CardState.SUSPENDED)) {
      suspended(request);
    } else if (card.isEmpty()) {
      notice(request, "no-card", Action.link("action.services", "/services"));
    } else {
      standing(request, confirmation, challenge, card.get());
    }
  }

  private void standing(
      PageRequest request, Confirmation confirmation, Optional<Challenge> challenge, Card card) {
    var again = Action.post("action.again", "/confirm/" + confirmation.id() + "/again");
    if (challenge.isEmpty()) {
      notAsked(request, confirmation, again);
      return;
    }
    switch (challenge.orElseThrow().getState()) {
      case OPEN -> question(request, confirmation, challenge.orElseThrow(), card);
      case FAILED -> {
        var left = confirmation.attemptsLeft();
        var key = left < 0 ? "wrong-before" : left == 1 ? "wrong-last" : "wrong";
        request.notice(200, key, List.of(again, leave()), left);
      }
      case EXPIRED -> {
        var left = LIMITS.unansweredLeft(confirmation.unanswered(card.getAbandonedQuestions()));
        if (left == 0) {
          suspended(request);
        } else {
          request.notice(200, "expired", List.of(again, leave()), left);
        }
      }
      case ABANDONED -> request.call("replaced", List.of(again, leave()), "lost", "");
      default -> notice(request, "not-asked", Action.post("action.ask", again.path()));
    }
  }

  private void notAsked(PageRequest request, Confirmation confirmation, Action again) {
    var refusal = confirmation.refusal();
    if (refusal.isPresent()) {
      request.notice(200, "refused", List.of(again, leave()), refusal.get());
    } else if (pictures.expected().isEmpty()) {
      notice(request, "not-asked", Action.post("action.ask", again.path()));
    } else {
      request.page("ready", Map.of("confirmation", confirmation));
    }
  }

  private void question(
      PageRequest request, Confirmation confirmation, Challenge challenge, Card card) {
    confirmation.shown(card.getAbandonedQuestions());
    request.page(
        "question",
        Map.of(
            "confirmation", confirmation,
            "challenge", challenge,
            "question", QuestionView.of(challenge, request.language(), clock.instant()),
            "attempts", LIMITS.attemptsLeft(card),
            "unanswered", LIMITS.unansweredLeft(card.getAbandonedQuestions()),
            "key", bank.newId()));
  }

  private void withoutCard(PageRequest request, Confirmation confirmation, Method method) {
    if (method == Method.METHOD_NONE) {
      notice(request, "card-needed", Action.link("action.way", "/services/card"));
    } else {
      request.page("password", Map.of("confirmation", confirmation, "method", method.name()));
    }
  }

  private void done(PageRequest request, Confirmation confirmation) {
    request.page(
        "done",
        Map.of(
            "confirmation",
            confirmation,
            "doneAt",
            confirmation.doneAt().orElseThrow(),
            "receipt",
            confirmation.receipt().orElse(""),
            "transfer",
            confirmation.kind() == Kind.TRANSFER));
  }

  private void password(PageRequest request) {
    var confirmation = find(request);
    var method = frontEnd.subject(confirmation.customer().subject()).getMethod();
    var byNumber = method == Method.CONFIRMATION_PASSWORD || method == Method.ONE_TIME_PASSWORD;
    if (!byNumber || confirmation.kind() != Kind.TRANSFER) {
      request.notice(
          403,
          "password-refused",
          List.of(Action.link("action.continue", "/confirm/" + confirmation.id())));
      return;
    }
    if (request.plain("password").equals(confirmation.customer().password())) {
      bank.settle(confirmation, null);
    } else {
      request.flash(Map.of("error", "password.wrong"));
    }
    request.go("/confirm/" + confirmation.id());
  }

  private void answer(PageRequest request) {
    var confirmation = find(request);
    var challenge = request.field("challenge");
    var answers = choices(request);
    if (confirmation.challengeId().filter(challenge::equals).isPresent() && !answers.isEmpty()) {
      try {
        var reply = frontEnd.answer(challenge, request.field("key"), answers);
        switch (reply.getOutcome()) {
          case OUTCOME_PASSED -> bank.settle(confirmation, reply.getReceipt());
          case OUTCOME_WRONG -> confirmation.wrong(reply.getAttemptsLeft());
          default -> {
            // Expired, locked or refused: the page reads it from the server.
          }
        }
      } catch (Refused _) {
        // Settled already, by another tab or an earlier click: the page shows how.
      }
    }
    request.go("/confirm/" + confirmation.id());
  }

  private void again(PageRequest request) {
    var confirmation = find(request);
    if (confirmation.doneAt().isEmpty()) {
      ask(confirmation);
    }
    request.go("/confirm/" + confirmation.id());
  }

  /// The choices of the form, by question; empty if a cell is left out or a choice is no number.
  private static List<List<Integer>> choices(PageRequest request) {
    var questions = new ArrayList<List<Integer>>();
    for (var q = 0; !request.field(QuestionView.field(q, 0)).isEmpty(); q++) {
      var cells = new ArrayList<Integer>();
      for (var c = 0; !request.field(QuestionView.field(q, c)).isEmpty(); c++) {
        var choice = request.field(QuestionView.field(q, c));
        if (!choice.matches("[0-9]{1,2}")) {
          return List.of();
        }
        cells.add(Integer.valueOf(choice));
      }
      questions.add(cells);
    }
    return questions;
  }

  private Optional<Challenge> read(Confirmation confirmation) {
    try {
      return confirmation.challengeId().map(frontEnd::challenge);
    } catch (Refused _) {
      return Optional.empty();
    }
  }

  private Confirmation find(PageRequest request) {
    return bank.find(request.customer(), request.part("id")).orElseThrow(Site.NotFound::new);
  }

  private static void suspended(PageRequest request) {
    notice(request, "suspended", Action.link("action.order", "/services/order"));
  }

  private static Action leave() {
    return Action.link("action.home", "/home");
  }

  private static void notice(PageRequest request, String key, Action... actions) {
    request.notice(200, key, List.of(actions));
  }
}
