package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.demo.process.Child;
import karuta.demo.process.Commands;
import karuta.demo.process.Program;
import karuta.testing.TestJvm;

/// The issuer's and the verifier's host in one directory, each with its custodians and its own process. Every logger
/// says everything it has to say.
final class Hosts implements AutoCloseable {
  private final Path log = Files.createTempFile("karuta", ".log");
  private final Commands issuer;
  private final Commands verifier;

  /// @param directory the tokens' homes are `issuer` and `verifier` in it
  Hosts(Path directory) throws IOException {
    issuer = at(directory, "issuer");
    verifier = at(directory, "verifier");
  }

  private Commands at(Path directory, String role) throws IOException {
    var place = new Child.Place(log, directory, Map.of()).withToken(directory.resolve(role));
    return Commands.at(TestJvm.jvm(Cli.options()), Program.CUSTODIANS, place);
  }

  /// The custodians of the issuer token.
  Commands issuer() {
    return issuer;
  }

  /// The custodians of the verifier token.
  Commands verifier() {
    return verifier;
  }

  /// Begins a command where the token is that it names, or else at the issuer's.
  Commands.Begun begin(String... words) {
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
