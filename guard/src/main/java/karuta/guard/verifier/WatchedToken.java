package karuta.guard.verifier;

import java.time.InstantSource;
import karuta.command.ExitCode;
import karuta.guard.config.GuardConfig;
import karuta.token.HungCalls;
import karuta.token.MonotonicClock;

/// The verifier token, watched from its opening to its closing: a call that hangs ends the process.
public record WatchedToken(OpenToken token, HungCalls hung) implements AutoCloseable {
  /// Opens it as [OpenToken] does.
  ///
  /// @param end called when a call hangs, with [ExitCode#HUNG]
  /// @throws karuta.command.CommandFailed naming what is wrong with the token
  public static WatchedToken open(GuardConfig config, InstantSource machine, End end) {
    var hung = new HungCalls(config.token().deadline(), why -> end.now(ExitCode.HUNG, why));
    var steady = new MonotonicClock(machine, System::nanoTime);
    try {
      var token = hung.whole("opening", () -> OpenToken.open(config, steady));
      hung.watch(token::longestCall);
      return new WatchedToken(token, hung);
    } catch (RuntimeException failure) {
      hung.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      hung.whole(
          "closing",
          () -> {
            token.close();
            return token;
          });
    } finally {
      hung.close();
    }
  }
}
