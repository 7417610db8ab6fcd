package karuta.server.config;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.card.EpochId;
import karuta.database.DatabaseSettings;
import karuta.guard.client.SocketGuard;
import karuta.server.api.ApiServer;
import karuta.server.api.Client;
import karuta.server.challenge.Policy;

/// Everything the one configuration file says, checked. `karuta serve --example` prints a file with every field and
/// what it means.
///
/// @param audience who shall take the receipts
public record ServerConfig(
    Api api,
    Management management,
    SocketGuard.Settings guard,
    Epochs epochs,
    String audience,
    DatabaseSettings store,
    X509Certificate bundleIssuer,
    Policy policy,
    Lanes lanes,
    List<Client> clients,
    Development development) {

  public ServerConfig {
    clients = List.copyOf(clients);
  }

  /// The API's port.
  ///
  /// @param tls nothing when development asks for plain text on loopback
  /// @param handshakes how many TLS handshakes may be under way
  /// @param deadline how long a request may take
  /// @param drain how long a shutdown waits for what is under way
  public record Api(
      String host,
      int port,
      Optional<ApiServer.Tls> tls,
      ApiServer.Handshakes handshakes,
      int maxBodyBytes,
      Duration deadline,
      Duration drain,
      int eventLoops,
      boolean accessLog) {}

  /// The management port.
  public record Management(String host, int port) {}

  /// The epochs whose cards are taken from bundles.
  ///
  /// @param token the serial of the verifier token that agreed their book keys
  /// @param checkValues of each book key, 64 hexadecimal digits in lower case; no secret
  public record Epochs(String token, Map<EpochId, String> checkValues) {
    public Epochs {
      checkValues = Map.copyOf(checkValues);
    }

    /// Their names.
    public Set<EpochId> ids() {
      return checkValues.keySet();
    }
  }

  /// How much is done at once, and how much may wait.
  public record Lanes(int guardQueue, int storeThreads, int storeQueue) {}

  /// What no bank switches on.
  ///
  /// @param reflection whether gRPC clients may ask for the contract
  /// @param plaintextClient who every caller is, when the API speaks plain text on loopback
  public record Development(boolean reflection, Optional<Client> plaintextClient) {}
}
