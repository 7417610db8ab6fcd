package karuta.provisioning.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The `karuta` program, which sends itself a signal as soon as it prints a certain text: a power cut, or Ctrl-C, at
/// one exact step. Arguments: the signal, the text, the command.
///
/// The clock leaps a minute at every look, so that every step of progress is printed.
final class SignalAt {
  private static final AtomicInteger LOOKS = new AtomicInteger();

  private SignalAt() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    var stop = new StopSignal();
    var begin = Instant.now();
    var context =
        new Context(
            watching(System.out, arguments[0], arguments[1], stop),
            watching(System.err, arguments[0], arguments[1], stop),
            false,
            Prompt.of(null),
            () -> begin.plus(Duration.ofMinutes(LOOKS.incrementAndGet())),
            stop);
    var command = java.util.Arrays.copyOfRange(arguments, 2, arguments.length);
    stop.end(Main.run(context, command));
  }

  private static PrintWriter watching(
      PrintStream stream, String signal, String text, StopSignal stop) {
    Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    return new PrintWriter(
        new FilterWriter(writer) {
          @Override
          public void write(String line, int from, int length) throws IOException {
            if (line.contains(text)) {
              send(signal, stop);
            }
            super.write(line, from, length);
          }
        },
        true);
  }

  private static void send(String signal, StopSignal stop) throws IOException {
    var process = ProcessHandle.current().pid();
    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process).start();
    // Nothing of the step that follows is done: this thread waits until the signal is there.
    while (!stop.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
