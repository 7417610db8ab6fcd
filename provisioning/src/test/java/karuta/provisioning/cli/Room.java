package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import karuta.provisioning.testing.Custodians;
import karuta.provisioning.testing.Ended;
import karuta.provisioning.testing.Waiting;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A room in which a ceremony has been held: two SoftHSM tokens with signing keys and an agreed book key, certificates, and
/// two orders. Made once, by the commands themselves, for all tests that need one; each works under names of its own.
final class Room implements AutoCloseable {
  static final String ISSUER = "issuer/token.toml";
  static final String VERIFIER = "verifier/token.toml";

  private final Path path;
  private final Hosts hosts;

  private Room(Path path) throws IOException {
    this.path = path;
    this.hosts = new Hosts(path);
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
      var room = new Room(Files.createTempDirectory("karuta-room"));
      for (var role : List.of("issuer", "verifier")) {
        room.done("token", "init", "--role", role, "--home", role);
      }
      room.done(signingKey(ISSUER, "issuer-1"));
      room.done(signingKey(VERIFIER, "receipt-1"));
      room.done("pki", "dev", "--out", "pki");
      Files.createDirectory(room.path("usb"));
      room.agree();
      Files.writeString(room.path("orders.csv"), "subject,generation\nS-1,1\nS-2,1\nS-3,1\n");
      return room;
    } catch (Exception e) {
      throw new IllegalStateException("the room could not be furnished", e);
    }
  }

  private static String[] signingKey(String token, String label) {
    return new String[] {
      "signing-key", "create", "--token", token, "--label", label, "--certificate", label + ".pem"
    };
  }

  private void agree() throws Exception {
    var issuer =
        begin(
            with(
                request("2026a", "usb"), "--verifier-certificate", "receipt-1.pem", "--rehearsal"));
    var shown = Pattern.compile("fingerprint ([0-9a-f ]+)\n");
    Waiting.until("the issuer's request", () -> shown.matcher(issuer.out()).find());
    done(with(respond("2026a", "usb"), "--rehearsal"));
    var end = issuer.end();
    assertThat(end.exitCode()).as(end.err()).isZero();
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
          "usb/2026a.confirmation",
          "--bureau-certificate",
          "pki/bureau.pem",
          "--out",
          out
        },
        more);
  }

  Path path(String name) {
    return path.resolve(name);
  }

  Path path() {
    return path;
  }

  /// Begins a command that waits for somebody.
  Custodians.Begun begin(String... arguments) {
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
      "issuer-1.pem",
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
    try (var entries = Files.walk(path)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
