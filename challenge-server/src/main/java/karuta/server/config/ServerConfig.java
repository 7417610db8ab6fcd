package karuta.server.config;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import karuta.card.EpochId;
import karuta.server.api.ApiServer;
import karuta.server.api.Client;
import karuta.server.challenge.Policy;
import karuta.server.store.StoreSettings;

/// Everything the one configuration file says, checked. `karuta serve --example` prints a file with every field and what it means.
public record ServerConfig(
    Api api,
    Management management,
    Token token,
    List<Epoch> epochs,
    Receipts receipts,
    StoreSettings store,
    X509Certificate bundleIssuer,
    Policy policy,
    Lanes lanes,
    List<Client> clients,
    Development development) {

  public ServerConfig {
    epochs = List.copyOf(epochs);
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

  /// The verifier token. The PIN stays in its file until a login needs it.
  public record Token(Path module, String label, String serial, Path pinFile, int sessions) {}

  /// An epoch whose answers are verified, as `karuta agree complete` recorded it.
  ///
  /// @param kdf how the book key was derived, for the record
  /// @param checkValue HMAC of `karuta kcv v1` under the epoch's book key, 64 hexadecimal digits; not a secret
  public record Epoch(EpochId id, String kdf, String checkValue) {}

  /// Receipts.
  ///
  /// @param issuer the `iss` of every receipt
  /// @param key label of the key that signs
  /// @param honoured labels of older keys whose receipts still count
  public record Receipts(String issuer, String key, List<String> honoured) {
    public Receipts {
      honoured = List.copyOf(honoured);
    }
  }

  /// How much is done at once, and how much may wait.
  public record Lanes(int tokenThreads, int tokenQueue, int storeThreads, int storeQueue) {}

  /// What no bank switches on.
  ///
  /// @param reflection whether gRPC clients may ask for the contract
  /// @param plaintextClient who every caller is, when the API speaks plain text on loopback
  public record Development(boolean reflection, Optional<Client> plaintextClient) {}
}
