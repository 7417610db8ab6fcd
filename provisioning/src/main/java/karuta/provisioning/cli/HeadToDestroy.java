package karuta.provisioning.cli;

import java.util.List;
import java.util.Optional;
import karuta.provisioning.plan.Action;
import karuta.token.KeyPolicyViolation;
import karuta.token.key.JournalHeads;

/// What a token remembers of a guard that is gone.
record HeadToDestroy(OpenToken open, JournalHeads heads, String guard) implements ToDestroy {
  @Override
  public void requireFit() {
    // a head that is there can be forgotten
  }

  @Override
  public String label() {
    return JournalHeads.label(guard);
  }

  @Override
  public String named() {
    return "head of guard " + guard;
  }

  @Override
  public boolean isThere() {
    return heads.all().contains(guard);
  }

  @Override
  public String sentence() {
    return "forget guard " + guard;
  }

  @Override
  public List<String> consequences() {
    return List.of(
        told(heads, guard),
        "a journal of that guard that is older is noticed no longer; a guard that is made anew has a new name");
  }

  @Override
  public Optional<String> reason() {
    return Optional.empty();
  }

  @Override
  public String identity() {
    return told(heads, guard);
  }

  @Override
  public Action action() {
    return new Action.ForgetGuard(open.token().name(), guard, consequences());
  }

  /// What is remembered, in words.
  static String told(JournalHeads heads, String guard) {
    try {
      return heads
          .read(guard)
          .map(
              head -> "guard %s may have written up to number %d".formatted(guard, head.sequence()))
          .orElse("of guard %s nothing is remembered that counts".formatted(guard));
    } catch (KeyPolicyViolation | IllegalArgumentException e) {
      return "what is remembered of guard %s cannot be read".formatted(guard);
    }
  }
}
