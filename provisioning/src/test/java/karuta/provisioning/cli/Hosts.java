package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.provisioning.testing.Custodians;

/// The issuer's and the verifier's host in one directory, each with its custodians and its own process. Every logger says
/// everything it has to say.
final class Hosts implements AutoCloseable {
  private final Path log = Files.createTempFile("karuta", ".log");
  private final Custodians issuer;
  private final Custodians verifier;

  /// @param directory the tokens' homes are `issuer` and `verifier` in it
  Hosts(Path directory) throws IOException {
    var options = Cli.options().toArray(String[]::new);
    issuer = new Custodians(directory.resolve("issuer"), directory, log, options);
    verifier = new Custodians(directory.resolve("verifier"), directory, log, options);
  }

  /// Begins a command where the token is that it names, or else at the issuer's.
  Custodians.Begun begin(String... words) {
    var token = List.of(words).indexOf("--token") + 1;
    var there = token > 0 && words[token].startsWith("verifier/");
    return (there ? verifier : issuer).begin(words);
  }

  /// What all loggers said.
  String logged() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws IOException {
    issuer.close();
    verifier.close();
    Files.delete(log);
  }
}
