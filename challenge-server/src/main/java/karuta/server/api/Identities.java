package karuta.server.api;

import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Tells who calls from the client certificate of the connection: TLS has proved that the configured CA issued it, the
/// table says which role the certificate's one common name has. A certificate the table does not name is nobody.
public final class Identities {
  private final Map<String, Client> byName;
  private final @Nullable Client plaintext;

  private Identities(Collection<Client> clients, @Nullable Client plaintext) {
    this.byName = clients.stream().collect(Collectors.toMap(Client::name, Function.identity()));
    this.plaintext = plaintext;
  }

  /// Callers are known by their certificates alone.
  public static Identities byCertificate(Collection<Client> clients) {
    return new Identities(clients, null);
  }

  /// Development on loopback: every connection is this one client.
  public static Identities plaintextAs(Client client) {
    return new Identities(List.of(), client);
  }

  /// Who stands behind a connection.
  ///
  /// @throws CallRefused with {@link Code#UNKNOWN_CLIENT}
  public Client of(HttpConnection connection) {
    if (!connection.isSsl()) {
      if (plaintext == null) {
        throw new CallRefused(Code.UNKNOWN_CLIENT);
      }
      return plaintext;
    }
    try {
      var certificates = connection.sslSession().getPeerCertificates();
      return Optional.of((X509Certificate) certificates[0])
          .flatMap(Identities::commonName)
          .map(byName::get)
          .orElseThrow(() -> new CallRefused(Code.UNKNOWN_CLIENT));
    } catch (SSLPeerUnverifiedException _) {
      throw new CallRefused(Code.UNKNOWN_CLIENT);
    }
  }

  /// The one common name of a certificate; nothing when it has none, several, or one that is not a text.
  static Optional<String> commonName(X509Certificate certificate) {
    try {
      var names =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase("CN")).toList();
      return names.size() == 1 && names.getFirst().getValue() instanceof String name
          ? Optional.of(name)
          : Optional.empty();
    } catch (InvalidNameException _) {
      return Optional.empty();
    }
  }
}
