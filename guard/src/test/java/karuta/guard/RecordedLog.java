package karuta.guard;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What a class writes into its log while this is open.
final class RecordedLog extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;

  RecordedLog(Class<?> of) {
    this.logger = Logger.getLogger(of.getName());
    logger.setLevel(Level.INFO);
    logger.addHandler(this);
  }

  /// The lines that begin so: guards of other tests, which were left as after a crash, write here too.
  List<String> lines(String begin) {
    return lines.stream().filter(line -> line.startsWith(begin)).toList();
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
  }

  @Override
  public void flush() {
    // nothing is kept back
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
  }
}
