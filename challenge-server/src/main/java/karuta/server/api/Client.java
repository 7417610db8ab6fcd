package karuta.server.api;

import java.util.Set;

/// Who calls: a client of the configuration, named by the common name of its certificate.
///
/// @param name the client's name, as it will stand in the audit
/// @param role what the client may do
/// @param maxInFlight how many of its requests may be under way at once
/// @param maxConnections how many connections it may have at once
/// @param keys the SHA-256 of each public key its certificate may be for (SubjectPublicKeyInfo, DER), in lower-case
///     hexadecimal digits; empty if the CA issues certificates for the clients of this server and for nobody else
public record Client(
    String name, Role role, int maxInFlight, int maxConnections, Set<String> keys) {
  private static final int CONNECTIONS = 64;

  public Client {
    keys = Set.copyOf(keys);
  }

  /// A client with the usual limit of connections, whose certificates come from a CA of its own.
  public Client(String name, Role role, int maxInFlight) {
    this(name, role, maxInFlight, CONNECTIONS, Set.of());
  }
}
