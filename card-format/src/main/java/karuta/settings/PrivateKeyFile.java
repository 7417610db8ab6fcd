package karuta.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/// A private key in a PEM file.
public final class PrivateKeyFile {
  private PrivateKeyFile() {}

  /// Reads it.
  ///
  /// @param password asked only for a key that is encrypted (PKCS#8, as `openssl genpkey -aes-256-cbc` writes it);
  ///     wiped afterwards
  /// @throws IOException if there is no key in it, or the password is wrong
  public static PrivateKey read(Path file, Supplier<char[]> password) throws IOException {
    try (var parser = new PEMParser(Files.newBufferedReader(file, StandardCharsets.US_ASCII))) {
      var converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case PKCS8EncryptedPrivateKeyInfo locked ->
            converter.getPrivateKey(opened(locked, password.get()));
        case null, default -> throw new IOException("no private key");
      };
    }
  }

  private static PrivateKeyInfo opened(PKCS8EncryptedPrivateKeyInfo locked, char[] password)
      throws IOException {
    try {
      return locked.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(password));
    } catch (OperatorCreationException | PKCSException e) {
      throw new IOException("the key does not open with this password", e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
