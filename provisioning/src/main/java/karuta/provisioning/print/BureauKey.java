package karuta.provisioning.print;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import karuta.provisioning.print.PrintJobException.Reason;

/// The bureau's key pair: what opens its print jobs and signs its reports.
public final class BureauKey {
  private final PrivateKey key;
  private final X509Certificate certificate;

  public BureauKey(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /// Reads the one key of a PKCS#12 file. The caller wipes the password.
  ///
  /// @throws PrintJobException if the file is no PKCS#12 file of exactly one key, or the password does not open it
  public static BureauKey read(InputStream pkcs12, char[] password) throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(pkcs12, password);
      var keys = new ArrayList<BureauKey>();
      for (var alias : Collections.list(store.aliases())) {
        if (store.getKey(alias, password) instanceof PrivateKey key
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          keys.add(new BureauKey(key, certificate));
        }
      }
      if (keys.size() != 1) {
        throw new PrintJobException(
            Reason.UNUSABLE_KEY,
            "the key file holds " + keys.size() + " keys; give one with a single key");
      }
      return keys.getFirst();
    } catch (PrintJobException e) {
      throw e;
    } catch (GeneralSecurityException | IOException e) {
      throw new PrintJobException(
          Reason.UNUSABLE_KEY,
          "the key file cannot be opened; check that it is a PKCS#12 file and the password is right",
          e);
    }
  }

  public PrivateKey key() {
    return key;
  }

  /// The certificate print jobs are encrypted to.
  public X509Certificate certificate() {
    return certificate;
  }
}
