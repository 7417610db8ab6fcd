package karuta.provisioning.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.provisioning.cli.KeyToDestroy.Because;
import karuta.token.KeyNotFound;
import karuta.token.key.KeyPolicy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Destroys a layout key as the command does, but the key is not there any more when it comes to the deed.
@Command(name = "failing")
final class FailingDestruction implements Callable<Integer> {
  @Mixin private TokenOption token;
  @Mixin private Destruction destruction;

  @Option(names = "--batch", required = true)
  private String batch;

  private final Context context =
      new Context(
          new PrintWriter(System.out, true, StandardCharsets.UTF_8),
          new PrintWriter(System.err, true, StandardCharsets.UTF_8),
          false,
          Prompt.of(null),
          InstantSource.system(),
          () -> false);

  private FailingDestruction() {}

  /// Begins.
  ///
  /// @param arguments as the command has them
  public static void main(String[] arguments) {
    // as the program itself: the plan is told in its letters and digits
    Locale.setDefault(Locale.ROOT);
    var command = new FailingDestruction();
    var line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          var told = Failures.of(failure);
          command.context.note("%s", told.message());
          return told.exitCode();
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (var open = token.open(context)) {
      var label = KeyPolicy.LAYOUT.label(batch);
      var key =
          new KeyToDestroy(
              open,
              () -> {},
              KeyPolicy.LAYOUT,
              label,
              "destroy " + label,
              List.of(LayoutKeyCommands.BACKUPS),
              Optional.of(new Because("without the bureau's report", "unused")));
      destruction.of(
          key,
          context,
          () -> {
            throw new KeyNotFound(label);
          });
      return 0;
    }
  }
}
