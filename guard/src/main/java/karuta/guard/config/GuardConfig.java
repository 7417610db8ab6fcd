package karuta.guard.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.approval.Officers;
import karuta.card.EpochId;
import karuta.database.DatabaseSettings;
import karuta.guard.journal.Caps;
import karuta.guard.token.JudgeToken.Use;

/// Everything the one configuration file says, checked. `karuta guard --example` prints a file with every field and
/// what it means.
///
/// @param name in the chain, in receipts and seals; never given again to another journal
/// @param issuer the `iss` of every receipt and seal
/// @param receiptLife how long after its judgement a receipt is to be honoured
/// @param officers who lift caps and have the journal rebuilt; if there are none, nobody does
public record GuardConfig(
    String name,
    Listener listener,
    Token token,
    List<Epoch> epochs,
    String issuer,
    Duration receiptLife,
    Keys receiptKeys,
    Keys sealKeys,
    DatabaseSettings journal,
    Caps caps,
    Optional<Officers> officers) {

  public GuardConfig {
    epochs = List.copyOf(epochs);
  }

  /// The keys for a use.
  public Keys keys(Use use) {
    return switch (use) {
      case RECEIPT -> receiptKeys;
      case SEAL -> sealKeys;
    };
  }

  /// The socket.
  ///
  /// @param peers the users whose processes may call
  /// @param connections most at once
  public record Listener(Path socket, Set<String> peers, int connections) {
    public Listener {
      peers = Set.copyOf(peers);
    }
  }

  /// The verifier token. The PIN stays in its file until a login needs it.
  ///
  /// @param deadline how long a call may be in the token's library; one that is longer ends the process
  public record Token(
      Path module, String label, String serial, Path pinFile, int sessions, Duration deadline) {}

  /// An epoch whose answers are judged, as `karuta agree complete` recorded it.
  ///
  /// @param use what the agreement is marked for
  /// @param kdf how both tokens have derived the book key
  /// @param checkValue HMAC of `karuta kcv v1` under the epoch's book key, 64 hexadecimal digits; not a secret
  public record Epoch(EpochId id, AgreementUse use, Kdf kdf, String checkValue) {}

  /// Keys of one use.
  ///
  /// @param signing label of the key that signs
  /// @param honoured labels of older keys whose signatures still count
  public record Keys(String signing, List<String> honoured) {
    public Keys {
      honoured = List.copyOf(honoured);
    }

    /// All of them, the one that signs last.
    public List<String> labels() {
      var labels = new java.util.ArrayList<>(honoured);
      labels.remove(signing);
      labels.add(signing);
      return List.copyOf(labels);
    }
  }
}
