package karuta.provisioning.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import karuta.command.ExitCode;
import karuta.token.Pin;

/// Ctrl-C and SIGTERM: the command is asked to end and gets time to clean up, and the process ends with the command's
/// own exit code instead of the shell's 130.
///
/// A command that waits for somebody to type cannot check for the signal, so it is ended at once; whatever it was about
/// to ask has not been done.
final class StopSignal implements BooleanSupplier {
  private static final long PATIENCE_SECONDS = 30;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.INTERRUPTED;
  private volatile boolean asking;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "karuta-stop"));
  }

  @Override
  public boolean getAsBoolean() {
    return stopped.get();
  }

  /// The command is over.
  void end(int code) {
    exitCode = code;
    ended.countDown();
    if (!stopped.get()) {
      System.exit(code);
    }
  }

  /// Asks by `prompt`, and ends at once if the signal comes meanwhile.
  Prompt endingAt(Prompt prompt) {
    return new Prompt() {
      @Override
      public String line(String question) {
        return asking(() -> prompt.line(question));
      }

      @Override
      public Pin pin(String question) {
        return asking(() -> prompt.pin(question));
      }
    };
  }

  private <T> T asking(Supplier<T> question) {
    asking = true;
    try {
      return question.get();
    } finally {
      asking = false;
    }
  }

  private void stop() {
    stopped.set(true);
    if (asking) {
      System.err.println("\nkaruta: interrupted at a question; nothing more was done");
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        exitCode = ExitCode.INTERRUPTED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
