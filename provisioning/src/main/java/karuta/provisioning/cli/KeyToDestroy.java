package karuta.provisioning.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.provisioning.plan.Action;
import karuta.token.key.KeyPolicy;

/// A key that somebody wants destroyed.
///
/// @param fit throws if anything else is not as it has to be
/// @param known what follows, or what was looked at before
/// @param because why, if somebody had to say it: what it is the reason for, and the reason
record KeyToDestroy(
    OpenToken open,
    Runnable fit,
    KeyPolicy policy,
    String label,
    String sentence,
    List<String> known,
    Optional<Because> because)
    implements ToDestroy {
  KeyToDestroy {
    known = List.copyOf(known);
  }

  /// @param what such as "without the bureau's report"
  /// @param reason as it was typed
  record Because(String what, String reason) {}

  @Override
  public void requireFit() {
    fit.run();
  }

  @Override
  public String named() {
    return "key " + label;
  }

  @Override
  public boolean isThere() {
    return open.hasAnyOf(policy, label);
  }

  @Override
  public List<String> consequences() {
    var all = new ArrayList<>(known);
    because.ifPresent(why -> all.add(why.what() + ": " + why.reason()));
    return all;
  }

  @Override
  public Optional<String> reason() {
    return because.map(Because::reason);
  }

  @Override
  public String identity() throws IOException {
    return "key " + label + " " + open.identity(policy, label);
  }

  @Override
  public Action action() {
    return new Action.DestroyKey(open.token().name(), label, consequences());
  }
}
