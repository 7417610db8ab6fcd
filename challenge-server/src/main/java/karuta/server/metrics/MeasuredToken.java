package karuta.server.metrics;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.server.token.AnswerToken;
import karuta.server.token.ReceiptKey;
import karuta.token.Verdict;

/// A token whose calls are timed and whose faults are counted. It says nothing about verdicts: those are counted where they are on
/// disk.
public final class MeasuredToken implements AnswerToken {
  private final AnswerToken token;
  private final Meters meters;
  private final LongSupplier nanoClock;

  public MeasuredToken(AnswerToken token, Meters meters, LongSupplier nanoClock) {
    this.token = token;
    this.meters = meters;
    this.nanoClock = nanoClock;
  }

  @Override
  public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
    return timed("verify", () -> token.verify(epoch, answer, tag));
  }

  @Override
  public ReceiptKey signingKey() {
    return token.signingKey();
  }

  @Override
  public List<ReceiptKey> receiptKeys() {
    return token.receiptKeys();
  }

  @Override
  public byte[] sign(ReceiptKey key, byte[] data) {
    return timed("sign", () -> token.sign(key, data));
  }

  @Override
  public void check() {
    var _ =
        timed(
            "check",
            () -> {
              token.check();
              return true;
            });
  }

  @Override
  public boolean up() {
    return token.up();
  }

  private <T> T timed(String operation, Supplier<T> call) {
    var began = nanoClock.getAsLong();
    var end = "fault";
    try {
      var result = call.get();
      end = "ok";
      return result;
    } finally {
      meters.token(operation, end, nanoClock.getAsLong() - began);
    }
  }
}
