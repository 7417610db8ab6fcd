package karuta.provisioning.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Ctrl-C and SIGTERM: the command is asked to end, gets time to clean up, and the process ends with the command's own exit
/// code instead of the shell's 130.
final class StopSignal implements BooleanSupplier {
  private static final long PATIENCE_SECONDS = 30;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int exitCode = Failures.INTERRUPTED;

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

  private void stop() {
    stopped.set(true);
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        exitCode = Failures.INTERRUPTED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
