package karuta.command;

import karuta.log.StackSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a service at SIGTERM or SIGINT.
public final class OrderlyEnd {
  private static final Logger LOG = LoggerFactory.getLogger(OrderlyEnd.class);

  private OrderlyEnd() {}

  /// Closes the service when the process is told to end. The JVM would end with 143 or 130; an orderly end is 0.
  public static void withTheProcess(Runnable close) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("karuta-shutdown")
                .unstarted(
                    () -> {
                      try {
                        close.run();
                        Runtime.getRuntime().halt(ExitCode.DONE);
                      } catch (RuntimeException failure) {
                        LOG.error("not shut down in order: {}", StackSummary.line(failure));
                      }
                    }));
  }
}
