package karuta.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Logs: one line to standard error for each event, in UTC, without bodies, and without the messages of exceptions,
/// which may repeat what a customer has sent.
public final class Logs {
  static {
    // Before the first logger is asked for: after that it is too late.
    System.setProperty("java.util.logging.manager", Lasting.class.getName());
  }

  /// Kept here, because the log manager itself forgets loggers nobody holds.
  private static final List<Logger> LIBRARIES =
      Stream.of("io", "org.flywaydb", "com.zaxxer").map(Logger::getLogger).toList();

  /// Says of each connection that could not be set up that it was not: of those that are refused before their TLS
  /// handshake too.
  private static final Logger CONNECTIONS = Logger.getLogger("io.netty.channel.ChannelInitializer");

  private static final int CAUSES = 10;

  private Logs() {}

  /// Sets logging up for this process.
  public static void configure() {
    Lasting.kept = false;
    LogManager.getLogManager().reset();
    var handler = new ConsoleHandler();
    handler.setFormatter(new OneLine());
    handler.setLevel(Level.ALL);
    var root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(Level.INFO);
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
    CONNECTIONS.setFilter(Logs::isToldHere);
    Lasting.kept = true;
  }

  /// Keeps the log to the very end. The JVM's own log manager takes every handler away as soon as the process is told
  /// to end, while the program still says what becomes of it.
  public static final class Lasting extends LogManager {
    private static volatile boolean kept;

    @Override
    public void reset() {
      if (!kept) {
        super.reset();
      }
    }
  }

  /// Whether a record is of something that is told nowhere else.
  static boolean isToldHere(LogRecord record) {
    return Stream.<@Nullable Throwable>iterate(
            record.getThrown(), cause -> cause == null ? null : cause.getCause())
        .limit(CAUSES)
        .noneMatch(ToldElsewhere.class::isInstance);
  }

  /// `2026-03-01T09:00:00.000Z INFO  RequestPipeline request=... code=wrong_role`.
  public static final class OneLine extends Formatter {
    @Override
    public String format(LogRecord record) {
      var name = String.valueOf(record.getLoggerName());
      var thrown = record.getThrown();
      return "%s %-7s %s %s%s%n"
          .formatted(
              Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS),
              record.getLevel().getName(),
              name.substring(name.lastIndexOf('.') + 1),
              formatMessage(record).replaceAll("\\p{Cntrl}+", " "),
              thrown == null ? "" : ": " + StackSummary.line(thrown));
    }
  }
}
