package karuta.guard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers;
import karuta.document.KeySigner;
import karuta.softhsm.Credential;
import karuta.softhsm.DevelopmentAuthority;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/// Three officers, two of whom have to approve. They are numbered from 1.
public final class TestOfficers {
  private static final Duration AGE = Duration.ofDays(1);
  private static final Duration LONG = Duration.ofDays(3_650);

  /// Of the key of the second officer, in its file.
  public static final String PASSWORD = "correct horse";

  private final List<Credential> credentials;

  /// Those who have to approve.
  public final Officers officers;

  /// @param time a day after their certificates begin
  public TestOfficers(InstantSource time) {
    this(time, LONG, LONG, LONG);
  }

  /// @param left how long the certificate of each lasts from now
  public TestOfficers(InstantSource time, Duration... left) {
    this.credentials =
        IntStream.rangeClosed(1, left.length)
            .mapToObj(number -> authority(time, left[number - 1]).officer("officer-" + number))
            .toList();
    this.officers =
        new Officers("officers", 2, credentials.stream().map(Credential::certificate).toList());
  }

  private static DevelopmentAuthority authority(InstantSource time, Duration left) {
    return new DevelopmentAuthority(
        () -> time.instant().minus(AGE), new SecureRandom(), AGE.plus(left));
  }

  /// Names them in a configuration. Their certificates are `officer-1.pem` and so on beside it, their keys
  /// `officer-1-key.pem`.
  public void install(GuardInstallation installation) throws IOException {
    var names = new StringBuilder("[officers]\nrequired = 2\n");
    for (var officer = 1; officer <= credentials.size(); officer++) {
      var name = installation.config().resolveSibling("officer-" + officer);
      pem(name + ".pem", new JcaMiscPEMGenerator(credential(officer).certificate()));
      pem(
          name + "-key.pem",
          new JcaPKCS8Generator(credential(officer).key(), officer == 2 ? locked() : null));
      names.append("[[officer]]\ncertificate = \"officer-%d.pem\"\n".formatted(officer));
    }
    Files.writeString(installation.config(), names, StandardOpenOption.APPEND);
  }

  private static OutputEncryptor locked() {
    try {
      return new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
          .setRandom(new SecureRandom())
          .setPassword(PASSWORD.toCharArray())
          .setProvider(new BouncyCastleProvider())
          .build();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pem(String name, PemObjectGenerator object) throws IOException {
    var file = Path.of(name);
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(object);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Credential credential(int officer) {
    return credentials.get(officer - 1);
  }

  /// The approvals of some.
  public List<Approval> approve(ApprovalRequest request, int... by) {
    return IntStream.of(by).mapToObj(officer -> approval(request, officer)).toList();
  }

  private Approval approval(ApprovalRequest request, int officer) {
    try {
      var signer = new KeySigner(credential(officer).certificate(), credential(officer).key());
      return new Approval("approval-" + officer, Approval.sign(request, signer).document());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
