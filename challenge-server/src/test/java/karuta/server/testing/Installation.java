package karuta.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import karuta.server.api.TestPki;

/// The directory of a server as `karuta serve` and `karuta import` find it: one configuration and the files it names.
public final class Installation {
  private final Path directory;

  private Installation(Path directory) {
    this.directory = directory;
  }

  /// Makes the files. The store is SQLite, the ports are free ones, and there is no guard.
  ///
  /// @param tokenSerial its serial, as in the configuration and in the epoch's record
  /// @param checkValue of epoch `e1`, 64 hexadecimal digits
  /// @param issuer whose bundles are taken
  public static Installation make(
      Path directory, String tokenSerial, String checkValue, X509Certificate issuer)
      throws Exception {
    new TestPki(directory, "Test CA")
        .issue("server", "CN=localhost")
        .issue("front-end", "CN=front-end");
    var made = new Installation(directory);
    made.secret("server-key.pem", Files.readString(directory.resolve("server-key.pem")));
    made.trust(issuer);
    made.epoch("e1", tokenSerial, checkValue);
    Files.writeString(
        made.config(),
        """
        [server]
        port = 0
        certificate = "server.pem"
        private-key = "server-key.pem"
        client-ca = "ca.pem"
        dedicated-client-ca = true
        [management]
        port = 0
        [guard]
        socket = "guard.sock"
        [[epoch]]
        record = "epoch-e1.toml"
        [receipts]
        audience = "core-banking"
        [bundles]
        issuer-certificate = "issuer.pem"
        [[client]]
        name = "front-end"
        role = "front-end"
        """);
    return made;
  }

  /// `server.toml`.
  public Path config() {
    return directory.resolve("server.toml");
  }

  /// Where the configuration looks for the guard.
  public Path guardSocket() {
    return directory.resolve("guard.sock");
  }

  /// The database the configuration names by default.
  public Path database() {
    return directory.resolve("karuta.db");
  }

  /// Pins another issuer.
  public void trust(X509Certificate issuer) throws IOException, CertificateEncodingException {
    Files.writeString(
        directory.resolve("issuer.pem"),
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(issuer.getEncoded())));
  }

  /// Writes the record of an epoch.
  public void epoch(String name, String tokenSerial, String checkValue) throws IOException {
    Files.writeString(
        directory.resolve("epoch-" + name + ".toml"),
        """
        [epoch]
        name = "%s"
        key = "book-%s"
        use = "development"
        kdf = "CKD_NULL"
        issuer-kdf = "CKD_NULL 0x00000001"
        verifier-kdf = "CKD_NULL 0x00000001"
        check-value = "%s"
        token = "%s"
        issuer-token = "fedcba9876543210"
        """
            .formatted(name, name, checkValue, tokenSerial));
  }

  /// Changes the configuration.
  public void change(String from, String to) throws IOException {
    var text = Files.readString(config());
    assertThat(text).contains(from);
    Files.writeString(config(), text.replace(from, to));
  }

  private void secret(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
