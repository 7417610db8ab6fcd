package karuta.guard.officers;

import java.nio.file.Path;
import karuta.guard.config.GuardConfig;
import karuta.guard.config.GuardConfigReader;
import picocli.CommandLine.Option;

/// The option `--config` of commands that work on a guard's journal.
public final class GuardConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration of the guard")
  private Path config;

  /// The configuration, read and checked.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public GuardConfig read() {
    return GuardConfigReader.read(config);
  }

  /// The same with a PIN that lies elsewhere.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public GuardConfig read(Path pinFile) {
    return GuardConfigReader.read(config, pinFile);
  }

  /// The same for a command that leaves the token alone, and so needs no PIN.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public GuardConfig readWithoutPin() {
    return GuardConfigReader.readWithoutPin(config);
  }
}
