package karuta.demobank;

import java.nio.file.Path;
import java.time.InstantSource;
import karuta.demo.HeldCard;
import karuta.demobank.api.Karuta;
import karuta.demobank.api.Karuta.Access;
import karuta.v1.AskedCell;

/// What a demo bank needs around it: a challenge server, somebody who makes cards, a letterbox. The suites run on any
/// implementation: the stand-in in memory, or the real server with its token.
public interface Stack {
  Access frontEnd();

  Access backOffice();

  /// What the bank calls, to be called beside it.
  Karuta karuta();

  Path letterbox();

  /// The clock of the stack; the demo bank shares it.
  InstantSource clock();

  /// Makes a card for every open order and puts its page into the letterbox, as the custodians do.
  void makeCards();

  /// The picture that stands in a cell of a card, as its holder reads it off the paper: the SHA-256 of its bytes.
  String picture(String serial, String cell);

  /// The choice that names the right picture of a question's cell.
  default int rightChoice(String serial, AskedCell cell) {
    return HeldCard.choice(cell, picture(serial, cell.getCell()));
  }

  /// Returns when the answer window of a question has passed, at once.
  void letTheWindowPass(String challenge);

  /// Takes the token away or gives it back; then it is there when this returns.
  void token(boolean there);

  /// Cuts the server off or lets it answer again; then it does when this returns.
  void reachable(boolean reachable);

  /// Everything is as it was in the beginning, whatever a test did.
  void restore();
}
