package karuta.guard.verifier;

import org.slf4j.LoggerFactory;

/// A way to end a process in no order.
public interface End {
  /// Ends it at once: whatever it was about is forgotten, and asked for again.
  ///
  /// @param exitCode one of [karuta.command.ExitCode]
  /// @param why for the log
  void now(int exitCode, String why);

  /// Ends this process. No hook is run: closing would wait for the very call that hangs.
  static void process(int exitCode, String why) {
    LoggerFactory.getLogger(End.class).error("{}; this process ends", why);
    Runtime.getRuntime().halt(exitCode);
  }
}
