package karuta.provisioning.cli;

import java.util.List;
import karuta.provisioning.plan.Action;
import karuta.token.key.KeyPolicy;

/// A key that somebody wants destroyed.
record KeyToDestroy(
    OpenToken open, KeyPolicy policy, String label, String sentence, List<String> consequences)
    implements ToDestroy {
  KeyToDestroy {
    consequences = List.copyOf(consequences);
  }

  @Override
  public String named() {
    return "key " + label;
  }

  @Override
  public boolean isThere() {
    return open.has(policy, label);
  }

  @Override
  public Action action() {
    return new Action.DestroyKey(open.token().name(), label, consequences);
  }
}
