package karuta.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import karuta.secret.SecretFile;

/// The files a configuration names, relative to it. Each method throws [IllegalArgumentException] with a text for the
/// operator, so that it can stand as the parser of a field.
public final class NamedFiles {
  private static final char[] NO_PASSWORD = {};

  private final Path folder;

  public NamedFiles(Path configuration) {
    var parent = configuration.toAbsolutePath().getParent();
    this.folder = parent == null ? Path.of("/") : parent;
  }

  /// Where a path of the configuration leads.
  public Path resolve(String path) {
    return folder.resolve(path).normalize();
  }

  /// A file that is there and can be read.
  public Path readable(String path) {
    var file = resolve(path);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException("no such file, or it cannot be read: " + file);
    }
    return file;
  }

  /// A file that only its owner may read.
  public Path secret(String path) {
    var file = readable(path);
    try {
      if (SecretFile.openToOthers(file)) {
        throw new IllegalArgumentException("open to others than its owner, chmod 600 it: " + file);
      }
    } catch (IOException _) {
      throw new IllegalArgumentException("its permissions cannot be read: " + file);
    }
    return file;
  }

  /// The first certificate of a PEM file.
  public X509Certificate certificate(String path) {
    var file = readable(path);
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException _) {
      throw new IllegalArgumentException("no X.509 certificate in PEM: " + file);
    }
  }

  /// A private key in PEM without a password.
  public PrivateKey privateKey(String path) {
    var file = secret(path);
    try {
      return PrivateKeyFile.read(file, () -> NO_PASSWORD);
    } catch (IOException _) {
      throw new IllegalArgumentException("no private key in PEM without a password: " + file);
    }
  }

  /// Whether the key is the certificate's: a server with another starts well and then fails every handshake.
  public static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
    var algorithm =
        switch (privateKey.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> privateKey.getAlgorithm();
        };
    try {
      var signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update((byte) 1);
      var signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update((byte) 1);
      return signer.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
