package karuta.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The role that owns the tables, where it is another than the service's own: all of it or nothing, as an
/// [picocli.CommandLine.ArgGroup].
public final class OwnerOptions {
  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "the role that owns the tables; the configuration's, if not given")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      required = true,
      description = "a file of mode 0600 with its password")
  private Path passwordFile;

  /// The role's name.
  public String user() {
    return user;
  }

  /// Where its password lies.
  public Path passwordFile() {
    return passwordFile;
  }
}
