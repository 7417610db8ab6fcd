package karuta.server.config;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The server's configuration on the command line of whatever works on the same store.
public final class ServerConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      required = true,
      description = "the configuration of the server")
  private Path config;

  /// The configuration, read and checked.
  ///
  /// @throws karuta.settings.SettingsInvalid naming every problem
  public ServerConfig read() {
    return ServerConfigReader.read(config);
  }
}
