package karuta.softhsm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import karuta.document.Pem;

/// The certificates a development installation needs, in one directory of private files:
///
/// | file | what |
/// |---|---|
/// | `ca.pem` | to trust; the authority's key is not kept |
/// | `server.pem`, `server-key.pem` | TLS server for localhost, 127.0.0.1 and ::1 |
/// | `front-end.pem`, `front-end-key.pem` | TLS client, common name `front-end` |
/// | `back-office.pem`, `back-office-key.pem` | TLS client, common name `back-office` |
/// | `bureau.pem` | the bureau's certificate, to encrypt to and to check reports with |
/// | `bureau.p12`, `bureau.password` | its key in PKCS#12 (RFC 7292), and the password of that file |
/// | `valid-until` | the end of validity of them all, UTC; written last, so a directory without it was interrupted |
///
/// All keys are EC P-256; keys in PEM are PKCS#8 without a password, guarded by the mode of their files alone.
public final class DevPki {
  /// Short on purpose: whoever runs a development PKI for longer should notice.
  public static final Duration LIFETIME = Duration.ofDays(90);

  /// The common names of the two client certificates, as a development server maps them to roles.
  public static final String FRONT_END = "front-end";

  public static final String BACK_OFFICE = "back-office";

  private static final String BUREAU = "bureau";
  private static final String COMPLETE = "valid-until";

  private DevPki() {}

  /// Makes the directory.
  ///
  /// @return the end of validity
  /// @throws SetupRefused when the directory is there and not empty, whole or half-made; nothing was changed
  public static Instant create(Path directory, InstantSource clock, SecureRandom random)
      throws IOException {
    requireNew(directory);
    PrivateFiles.emptyDirectory(directory, "development PKI");
    var authority = new DevelopmentAuthority(clock, random, LIFETIME);
    PrivateFiles.write(
        directory.resolve("ca.pem"), Pem.of("CERTIFICATE", encoded(authority.certificate())));
    writePair(directory, "server", authority.server());
    writePair(directory, FRONT_END, authority.client(FRONT_END));
    writePair(directory, BACK_OFFICE, authority.client(BACK_OFFICE));
    writeBureau(directory, authority, random);
    PrivateFiles.write(directory.resolve(COMPLETE), authority.validUntil() + "\n");
    return authority.validUntil();
  }

  /// Makes sure that the directory could be made; changes nothing.
  ///
  /// @throws SetupRefused when it is there and not empty, whole or half-made
  public static void requireNew(Path directory) throws IOException {
    if (Files.exists(directory.resolve(COMPLETE))) {
      throw new SetupRefused(
          "%s already holds a development PKI, valid until %s; move it away to make a new one"
              .formatted(directory, Files.readString(directory.resolve(COMPLETE)).strip()));
    }
    PrivateFiles.requireEmpty(directory, "development PKI");
  }

  private static void writePair(Path directory, String name, Credential credential)
      throws IOException {
    PrivateFiles.write(
        directory.resolve(name + ".pem"), Pem.of("CERTIFICATE", encoded(credential.certificate())));
    PrivateFiles.write(
        directory.resolve(name + "-key.pem"), Pem.of("PRIVATE KEY", credential.key().getEncoded()));
  }

  private static void writeBureau(
      Path directory, DevelopmentAuthority authority, SecureRandom random) throws IOException {
    var bureau = authority.bureau(BUREAU);
    try (var password = new RandomPin(random)) {
      PrivateFiles.write(
          directory.resolve("bureau.pem"), Pem.of("CERTIFICATE", encoded(bureau.certificate())));
      PrivateFiles.write(directory.resolve("bureau.p12"), keyStore(bureau, authority, password));
      PrivateFiles.write(directory.resolve("bureau.password"), password.characters());
    }
  }

  private static byte[] keyStore(
      Credential bureau, DevelopmentAuthority authority, RandomPin password) throws IOException {
    var secret = new String(password.characters(), StandardCharsets.US_ASCII).toCharArray();
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          BUREAU,
          bureau.key(),
          secret,
          new Certificate[] {bureau.certificate(), authority.certificate()});
      var bytes = new ByteArrayOutputStream();
      store.store(bytes, secret);
      return bytes.toByteArray();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("this JDK cannot write a PKCS#12 file", broken);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException broken) {
      throw new IllegalStateException("a certificate just made cannot be encoded", broken);
    }
  }
}
