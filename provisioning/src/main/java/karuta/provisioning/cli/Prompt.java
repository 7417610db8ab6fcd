package karuta.provisioning.cli;

import java.io.Console;
import karuta.command.CommandFailed;
import karuta.token.Pin;
import org.jspecify.annotations.Nullable;

/// Asks the person at the terminal. Without one, or at the end of input, it refuses: no answer is never an answer.
public interface Prompt {
  /// A line, shown while typed.
  ///
  /// @throws CommandFailed if there is nobody to ask
  String line(String question);

  /// A PIN, not shown; the caller closes it.
  ///
  /// @throws CommandFailed if there is nobody to ask
  Pin pin(String question);

  /// The process's own terminal, if it has one.
  static Prompt of(@Nullable Console console) {
    return new Prompt() {
      @Override
      public String line(String question) {
        var answer = console == null ? null : console.readLine("%s", question);
        if (answer == null) {
          throw CommandFailed.refused(
              "nobody answered '" + question.strip() + "'; nothing was done");
        }
        return answer.strip();
      }

      @Override
      public Pin pin(String question) {
        var typed = console == null ? null : console.readPassword("%s", question);
        if (typed == null) {
          throw CommandFailed.refused(
              "no PIN was typed; name a PIN file in the token file, or use a terminal");
        }
        try {
          return Pin.of(typed);
        } finally {
          java.util.Arrays.fill(typed, '\0');
        }
      }
    };
  }
}
