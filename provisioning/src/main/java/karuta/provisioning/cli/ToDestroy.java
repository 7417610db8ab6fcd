package karuta.provisioning.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import karuta.provisioning.plan.Action;

/// Something in a token that somebody wants destroyed, and what they must know and type before it is.
sealed interface ToDestroy permits KeyToDestroy, HeadToDestroy {
  OpenToken open();

  /// Makes sure of what has to be so besides; looked at anew.
  ///
  /// @throws karuta.command.CommandFailed if it is not
  void requireFit();

  /// Its label in the token.
  String label();

  /// What it is, with its name, as in "the token has no key layout-1".
  String named();

  /// Whether it is there; looked for anew.
  boolean isThere();

  /// What is typed: it names the thing, so that a habit cannot type it.
  String sentence();

  /// What follows, or what was looked at before; part of the plan, and shown before the sentence is typed.
  List<String> consequences();

  /// What somebody has typed as the reason, in any letters; it stands in the plan already.
  Optional<String> reason();

  /// What tells it from another of its label, as words of ASCII; looked at anew.
  String identity() throws IOException;

  /// What is done.
  Action action();
}
