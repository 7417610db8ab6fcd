package karuta.token;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import karuta.cryptoki.CkException;
import karuta.cryptoki.Ckr;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Asserts that a token refuses, and with which code.
final class Refusal {
  private Refusal() {}

  static void assertRefused(Ckr code, ThrowingCallable attempt) {
    assertRefused(Set.of(code), attempt);
  }

  static void assertRefused(Set<Ckr> codes, ThrowingCallable attempt) {
    assertThatExceptionOfType(CkException.class)
        .isThrownBy(attempt)
        .satisfies(
            refusal -> {
              if (!codes.contains(refusal.ckr())) {
                throw new AssertionError(codes + " expected", refusal);
              }
            });
  }
}
