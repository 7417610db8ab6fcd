package karuta.smoke;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// The server as a process of this machine and this user, so that its memory can be looked at.
final class ServerProcess {
  @Option(names = "--server", required = true, description = "process number of the server")
  private long number;

  @Option(
      names = "--server-pin",
      required = true,
      description = "file with the PIN that the server logs in to its token with")
  private Path pin = Path.of("");

  @Option(
      names = "--server-files",
      required = true,
      arity = "1..*",
      description = "what the server writes: its log, its database")
  private List<Path> files = List.of();

  @Option(
      names = "--scratch",
      required = true,
      description = "directory for heap dumps; each is deleted when it has been searched")
  private Path scratch = Path.of("");

  long number() {
    return number;
  }

  Path pin() {
    return pin;
  }

  List<Path> files() {
    return files;
  }

  Path scratch() {
    return scratch;
  }
}
