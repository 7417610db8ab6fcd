package karuta.provisioning.cli;

import java.util.List;
import karuta.token.key.KeyPolicy;

/// A key that somebody wants destroyed, and what they must know and type before it is.
///
/// @param sentence what is typed: it names the key, so that a habit cannot type it
/// @param consequences what follows, or what was looked at before; part of the plan, and shown before the sentence is typed
record KeyToDestroy(
    OpenToken open, KeyPolicy policy, String label, String sentence, List<String> consequences) {
  KeyToDestroy {
    consequences = List.copyOf(consequences);
  }

  /// A key whose name is all there is to say.
  static KeyToDestroy named(OpenToken open, KeyPolicy policy, String label) {
    return new KeyToDestroy(open, policy, label, "destroy " + label, List.of());
  }
}
