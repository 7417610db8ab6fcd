package karuta.demobank.real;

import java.nio.file.Path;

/// The custodians at one [Desk].
final class Custodians implements AutoCloseable {
  private final Program desk;

  Custodians(Path tokenHome, Path log) {
    desk = Program.withToken(Desk.class, tokenHome, log);
  }

  /// Carries out a command; it must end well.
  void run(String... words) {
    begin(words);
    end();
  }

  /// Begins a command that waits for others.
  void begin(String... words) {
    desk.tell(String.join("\t", words));
  }

  /// The command that was begun must have ended well.
  void end() {
    var code = desk.line("ended with ");
    if (!code.equals("0")) {
      throw desk.failed("a custodian's command ended with " + code);
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
