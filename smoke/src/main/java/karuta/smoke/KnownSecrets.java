package karuta.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.demo.Customer;
import karuta.smoke.KnownCard.Answer;
import karuta.smoke.memory.Traces;

/// What this program knows because it has the cards, and no server may have: layouts, answers, the PIN. Read anew each
/// time, so that nothing of it is kept between two searches.
///
/// @param pin the file with the online PIN
record KnownSecrets(List<Customer> customers, Path pin) {
  /// Everything to be looked for.
  Traces everything() throws IOException {
    var cards = cards();
    var traces = traces(cards, answers(cards));
    traces.text("the PIN", Files.readString(pin).strip());
    return traces;
  }

  List<KnownCard> cards() {
    return customers.stream().map(KnownCard::of).toList();
  }

  static List<Answer> answers(List<KnownCard> cards) {
    return cards.stream().flatMap(card -> card.answers().stream()).toList();
  }

  static Traces traces(List<KnownCard> cards, List<Answer> answers) {
    var traces = new Traces();
    cards.forEach(card -> card.layoutTo(traces));
    answers.forEach(
        answer -> traces.answer(answer.name(), answer.bytes().toByteArray(), answer.cells()));
    return traces;
  }
}
