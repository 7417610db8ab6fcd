package karuta.demobank;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import karuta.demobank.api.Karuta.Access;

/// What a demo bank needs around it: a challenge server, somebody who makes cards, a letterbox. The suites run on any
/// implementation: the stand-in in memory, or the real server with its token.
public interface Stack extends AutoCloseable {
  Access frontEnd();

  Access backOffice();

  Path letterbox();

  /// The clock of the stack; the demo bank shares it.
  InstantSource clock();

  /// Makes a card for every open order and puts its page into the letterbox, as the custodians do.
  void makeCards();

  /// The picture that stands in a cell of a card, as its holder reads it off the paper: the SHA-256 of its bytes.
  String picture(String serial, String cell);

  /// Lets the answer window of an open question pass.
  void letTheWindowPass();

  /// Takes the token away or gives it back.
  void token(boolean there);

  /// Cuts the server off or lets it answer again.
  void reachable(boolean reachable);

  /// How long an answer is taken.
  Duration window();

  @Override
  void close();
}
