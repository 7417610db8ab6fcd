package karuta.token.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import karuta.cryptoki.CkException;
import karuta.cryptoki.Ckr;
import karuta.token.Check;
import karuta.token.FaultClass;
import karuta.token.SessionLease;

/// Tries things on a token and writes down what it does. A code that could mean "lost" counts against the token only if
/// the token is still there afterwards; otherwise the loss is thrown, to be recovered from.
final class Trial {
  private final SessionLease lease;
  private final List<Check> checks = new ArrayList<>();

  Trial(SessionLease lease) {
    this.lease = lease;
  }

  List<Check> checks() {
    return List.copyOf(checks);
  }

  void note(String name, boolean passed, String detail) {
    checks.add(new Check(name, passed, detail));
  }

  /// Holds if it gives what is expected.
  <T> void gives(String name, T expected, Supplier<T> attempt) {
    try {
      var got = attempt.get();
      note(name, got.equals(expected), "it gave " + got);
    } catch (CkException e) {
      requirePresence(e);
      note(name, false, e.summary());
    }
  }

  /// Holds if it can be made at all.
  <T> Optional<T> made(String name, Supplier<T> attempt) {
    try {
      var made = Optional.of(attempt.get());
      note(name, true, "");
      return made;
    } catch (CkException e) {
      requirePresence(e);
      note(name, false, e.summary());
      return Optional.empty();
    }
  }

  /// Makes something if it can be made, without a note.
  <T> Optional<T> quietly(Supplier<T> attempt) {
    try {
      return Optional.of(attempt.get());
    } catch (CkException e) {
      requirePresence(e);
      return Optional.empty();
    }
  }

  /// Holds if it is refused for the caller's fault.
  void refused(String name, Runnable attempt) {
    refused(name, Set.of(), attempt);
  }

  /// Holds if it is refused with one of these codes; with any that blames the caller if there are none.
  void refused(String name, Set<Ckr> codes, Runnable attempt) {
    try {
      attempt.run();
      note(name, false, "it was done");
    } catch (CkException e) {
      var right = codes.isEmpty() ? refusal(e) : codes.contains(e.ckr());
      if (!right) {
        requirePresence(e);
      }
      note(name, right, e.summary() + wanted(right, codes));
    }
  }

  private static String wanted(boolean right, Set<Ckr> codes) {
    return right || codes.isEmpty()
        ? ""
        : " instead of "
            + codes.stream().map(Ckr::name).sorted().collect(Collectors.joining(" or "));
  }

  /// A destroyed key's handle is invalid: that is a refusal here, not a loss.
  private static boolean refusal(CkException fault) {
    return FaultClass.of(fault) == FaultClass.CALLER || handleInvalid(fault);
  }

  /// A lost session or login is what it says, and so is a key at its limit: that says nothing of what the token can do.
  /// A device error or general failure is looked into: NSS answers so to a wrong MAC and is as well as before.
  private void requirePresence(CkException fault) {
    switch (FaultClass.of(fault)) {
      case CALLER, BUSY, AUTH -> {}
      case SESSION, CAPPED -> throw fault;
      case LOGIN, MODULE -> {
        if (fault.ckr() == Ckr.CKR_USER_NOT_LOGGED_IN || handleInvalid(fault)) {
          throw fault;
        }
        lease.cryptoki().getSessionInfo(lease.session());
        lease.requirePresence();
      }
    }
  }

  private static boolean handleInvalid(CkException fault) {
    return fault.ckr() == Ckr.CKR_KEY_HANDLE_INVALID
        || fault.ckr() == Ckr.CKR_OBJECT_HANDLE_INVALID;
  }
}
