package karuta.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogsTest {
  private static final class Refused extends ToldElsewhere {
    private static final long serialVersionUID = 1;

    Refused() {
      super("refused");
    }
  }

  private static LogRecord record(@Nullable Throwable thrown) {
    var record = new LogRecord(Level.WARNING, "Failed to initialize a channel. Closing");
    record.setThrown(thrown);
    return record;
  }

  @Test
  void aConnectionThatIsRefusedIsToldByWhoeverRefusesIt() {
    assertThat(Logs.isToldHere(record(new Refused()))).isFalse();
    assertThat(Logs.isToldHere(record(new IllegalStateException(new Refused())))).isFalse();
  }

  @Test
  void aConnectionThatCannotBeSetUpIsInTheLog() {
    assertThat(Logs.isToldHere(record(new OutOfMemoryError()))).isTrue();
    assertThat(Logs.isToldHere(record(new IllegalStateException()))).isTrue();
    assertThat(Logs.isToldHere(record(null))).isTrue();
  }
}
