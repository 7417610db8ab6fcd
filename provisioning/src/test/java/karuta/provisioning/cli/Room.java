package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.demo.Ceremony;
import karuta.demo.Home;
import karuta.demo.Steps;
import karuta.demo.process.Commands;
import karuta.demo.process.Ended;
import karuta.demo.process.Waiting;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A room in which a ceremony has been held: two SoftHSM tokens with signing keys and an agreed book key, certificates,
/// and two orders. Made once, by the commands themselves, for all tests that need one; each works under names of its
/// own.
final class Room implements AutoCloseable {
  static final String ISSUER = "issuer/token.toml";
  static final String VERIFIER = "verifier/token.toml";

  private final Home home;
  private final Hosts hosts;
  private Optional<TestCustodians> custodians = Optional.empty();

  private Room(Home home) throws IOException {
    this.home = home;
    this.hosts = new Hosts(home.directory());
  }

  /// Hands the room to tests.
  static final class Key implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == Room.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(Room.class, key -> furnished(), Room.class);
    }
  }

  private static Room furnished() {
    try {
      var home = Home.temporary("room");
      var room = new Room(home);
      var said = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
      new Ceremony(home, room.hosts.issuer(), room.hosts.verifier(), new Steps(said)).hold();
      Files.writeString(room.path("orders.csv"), "subject,generation\nS-1,1\nS-2,1\nS-3,1\n");
      return room;
    } catch (IOException e) {
      throw new IllegalStateException("the room could not be furnished", e);
    }
  }

  static String[] request(String epoch, String directory) {
    return new String[] {
      "agree",
      "request",
      "--token",
      ISSUER,
      "--epoch",
      epoch,
      "--signing-key",
      "issuer-1",
      "--development",
      "--dir",
      directory
    };
  }

  /// The command that issues a batch of the three orders into `out`.
  static String[] issue(String batch, String out, String... more) {
    return with(
        new String[] {
          "batch",
          "issue",
          "--token",
          ISSUER,
          "--signing-key",
          "issuer-1",
          "--batch",
          batch,
          "--subjects",
          "orders.csv",
          "--profile",
          "nist-800-63b",
          "--agreement",
          "agreement/2026a.confirmation",
          "--bureau-certificate",
          "pki/bureau.pem",
          "--out",
          out
        },
        more);
  }

  /// The custodians of both tokens, for whoever names their token files.
  TestCustodians custodians() throws IOException {
    if (custodians.isEmpty()) {
      custodians = Optional.of(TestCustodians.of(this));
    }
    return custodians.get();
  }

  Path path(String name) {
    return home.path(name);
  }

  Path path() {
    return home.directory();
  }

  /// Begins a command that waits for somebody.
  Commands.Begun begin(String... arguments) {
    return hosts.begin(arguments);
  }

  Ended run(String... arguments) {
    return begin(arguments).end();
  }

  /// Runs a command that must succeed.
  Ended done(String... arguments) {
    var run = run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  /// Lets the verifier token remember how far a guard may have written.
  void remember(String guard, long sequence) throws Exception {
    var run =
        Cli.start(
                path(),
                WriteAhead.class,
                List.of(),
                "--token",
                VERIFIER,
                guard,
                Long.toString(sequence))
            .end();
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /// The issuer's part of an agreement in `usb`, without a comparison.
  static String[] rehearsed(String epoch) {
    return with(
        request(epoch, "usb"), "--verifier-certificate", "verifier/receipt-1.pem", "--rehearsal");
  }

  /// Has the tokens agree on a key; its record is `EPOCH.toml`.
  void agree(String epoch) throws Exception {
    Files.createDirectories(path("usb"));
    var asking = begin(rehearsed(epoch));
    var file = path("usb/" + epoch + ".request");
    Waiting.until("the request", () -> Files.exists(file) || asking.ended());
    done(with(respond(epoch, "usb"), "--rehearsal"));
    asking.done();
    var completed = complete(epoch, epoch + ".toml");
    assertThat(completed.exitCode()).as(completed.err()).isZero();
  }

  Ended complete(String epoch, String record) {
    return run(
        with(
            ("agree complete --token verifier/token.toml --issuer-certificate issuer/issuer-1.pem"
                    + " --verifier-certificate verifier/receipt-1.pem --dir usb")
                .split(" "),
            "--epoch",
            epoch,
            "--record",
            record));
  }

  void layoutKey(String batch) {
    done("layout-key", "create", "--token", ISSUER, "--batch", batch);
  }

  /// The verifier's part of an agreement whose files lie in a directory.
  static String[] respond(String epoch, String directory) {
    return new String[] {
      "agree",
      "respond",
      "--token",
      VERIFIER,
      "--epoch",
      epoch,
      "--signing-key",
      "receipt-1",
      "--issuer-certificate",
      "issuer/issuer-1.pem",
      "--development",
      "--dir",
      directory
    };
  }

  static String[] with(String[] arguments, String... more) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    hosts.close();
    home.delete();
  }
}
