package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.document.KeySigner;
import karuta.document.Pem;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.print.Certificates;
import karuta.softhsm.Credential;
import karuta.softhsm.DevelopmentAuthority;

/// Three custodians of both tokens of a [Room], two of whom have to approve what is destroyed; and a stranger, who is
/// number 4. Their token files are `issuer/several.toml` and `verifier/several.toml`.
final class TestCustodians {
  static final String ISSUER = "issuer/several.toml";
  static final String VERIFIER = "verifier/several.toml";

  private static final Duration LONG = Duration.ofDays(3_650);

  private final Room room;
  private final List<Credential> credentials;

  private TestCustodians(Room room, List<Duration> left) {
    this.room = room;
    this.credentials =
        IntStream.rangeClosed(1, 4)
            .mapToObj(number -> credential("custodian-" + number, left.get(number - 1)))
            .toList();
  }

  /// Of a certificate that has been valid for ten days.
  private static Credential credential(String name, Duration left) {
    var age = Duration.ofDays(10);
    return new DevelopmentAuthority(
            InstantSource.fixed(Instant.now().minus(age)), new SecureRandom(), age.plus(left))
        .officer(name);
  }

  /// Names them in the token files.
  static TestCustodians of(Room room) throws IOException {
    return of(room, LONG, LONG, LONG, LONG);
  }

  /// Names some whose certificates end.
  ///
  /// @param left how long each of the four lasts from now
  static TestCustodians of(Room room, Duration... left) throws IOException {
    var custodians = new TestCustodians(room, List.of(left));
    custodians.install();
    return custodians;
  }

  /// Names these once more.
  void install() throws IOException {
    for (var role : List.of("issuer", "verifier")) {
      var names = new StringBuilder("[custodians]\nrequired = 2\n");
      for (var number = 1; number <= 3; number++) {
        var file = room.path(role + "/custodian-" + number + ".pem");
        Files.deleteIfExists(file);
        PinnedCertificate.write(file, certificate(number));
        names.append("[[custodian]]\ncertificate = \"custodian-%d.pem\"\n".formatted(number));
      }
      var alone = Files.readString(room.path(role + "/token.toml"));
      assertThat(alone).contains("[custodians]\ndevelopment = true\n");
      Files.writeString(
          room.path(role + "/several.toml"),
          alone.replace("[custodians]\ndevelopment = true\n", names));
    }
  }

  private java.security.cert.X509Certificate certificate(int number) {
    return credentials.get(number - 1).certificate();
  }

  /// What a custodian's certificate is known by.
  String fingerprint(int number) throws IOException {
    return Certificates.fingerprint(certificate(number));
  }

  /// A custodian's own key, as a file of theirs.
  Path key(int number) throws IOException {
    var file = room.path("custodian-" + number + "-key.pem");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(
        file, Pem.of("PRIVATE KEY", credentials.get(number - 1).key().getEncoded()));
  }

  /// What is in the file of a request.
  ApprovalRequest read(String request) throws IOException {
    return ApprovalRequest.read(room.path(request));
  }

  /// Puts another request into its file.
  void change(String request, UnaryOperator<ApprovalRequest> other) throws IOException {
    Files.write(room.path(request), other.apply(read(request)).toBytes());
  }

  /// The words that carry out what some of them have approved.
  String[] approved(String request, int... by) throws IOException {
    var words = Stream.<String>builder().add("--request").add(request);
    var files = 0;
    for (var number : by) {
      var signer = new KeySigner(certificate(number), credentials.get(number - 1).key());
      files++;
      var file = request + "." + files + ".approval";
      Files.write(room.path(file), Approval.sign(read(request), signer).document());
      words.add("--approval").add(file);
    }
    return words.build().toArray(String[]::new);
  }
}
