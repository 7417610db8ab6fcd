package karuta.server.api;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import karuta.digest.Sha256;
import org.jspecify.annotations.Nullable;

/// Tells who calls from the client certificate of a connection: TLS has proved that the caller has its key, the
/// configured CA must have issued it, the table says which role the certificate's one common name has, and which keys
/// that name may have. A certificate that the table does not name is refused.
///
/// TLS has looked at the CA too, but at the one that was configured when the connection began.
public final class Identities {
  private final Optional<ClientCa> ca;
  private final Map<String, Client> byName;
  private final @Nullable Client plaintext;

  private Identities(
      Optional<ClientCa> ca, Collection<Client> clients, @Nullable Client plaintext) {
    this.ca = ca;
    this.byName = clients.stream().collect(Collectors.toMap(Client::name, Function.identity()));
    this.plaintext = plaintext;
  }

  /// Callers are known by their certificates alone.
  ///
  /// @param ca who has issued them
  public static Identities byCertificate(ClientCa ca, Collection<Client> clients) {
    return new Identities(Optional.of(ca), clients, null);
  }

  /// Development on loopback: every connection is this one client.
  public static Identities plaintextAs(Client client) {
    return new Identities(Optional.empty(), List.of(), client);
  }

  /// Who stands behind a connection.
  ///
  /// @param chain what the caller has shown, its own certificate first; empty without TLS
  Optional<Client> of(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return Optional.ofNullable(plaintext);
    }
    var certificate = chain.getFirst();
    return commonName(certificate)
        .map(byName::get)
        .filter(_ -> ca.filter(issuer -> issuer.issued(chain)).isPresent())
        .filter(client -> client.keys().isEmpty() || client.keys().contains(key(certificate)));
  }

  /// The SHA-256 of a certificate's public key, as {@link Client#keys} has it.
  static String key(X509Certificate certificate) {
    return Sha256.hex(certificate.getPublicKey().getEncoded());
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
