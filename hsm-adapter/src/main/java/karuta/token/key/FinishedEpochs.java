package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_VALUE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.card.EpochId;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.ObjectClass;
import karuta.token.KeyRef;
import karuta.token.Token;

/// Which epochs are finished, as the token itself remembers: a [DataObject], made when an agreement is completed and
/// before a first card is made with its key.
///
/// It is there so that no file decides whether cards may rest on a key. It outlives the key: the name of an epoch that
/// was finished is never given again. It is no protection from a holder of the PIN who brings another program: that
/// program can destroy the key as well.
public final class FinishedEpochs {
  private static final String PREFIX = "finished-";

  private final Token token;

  public FinishedEpochs(Token token) {
    this.token = token;
  }

  /// Whether the epoch is finished.
  public boolean has(EpochId epoch) {
    return token.reading(lease -> lease.find(ref(epoch)).isPresent());
  }

  /// The check value that the mark of an epoch gives for its key; empty if there is no mark.
  public Optional<byte[]> checkValue(EpochId epoch) {
    return token.reading(
        lease -> {
          var mark = lease.find(ref(epoch));
          return mark.isPresent()
                  && lease.read(mark.getAsLong(), List.of(CKA_VALUE)).getFirst()
                      instanceof AttributeReading.Value said
              ? Optional.of(said.attribute().value())
              : Optional.empty();
        });
  }

  /// Marks the epoch as finished; does nothing if it is.
  ///
  /// @param checkValue of its key, by which the mark can be held against the key; 32 bytes
  public void mark(EpochId epoch, byte[] checkValue) {
    token.alone(
        lease -> {
          if (lease.find(ref(epoch)).isEmpty()) {
            lease
                .cryptoki()
                .createObject(lease.session(), DataObject.template(ref(epoch).label(), checkValue));
          }
          return epoch;
        });
  }

  /// The names of all finished epochs.
  public Set<String> all() {
    return token.reading(lease -> DataObject.names(lease, PREFIX));
  }

  /// Whether a data object's label is a mark's.
  static boolean isMark(String label) {
    return label.startsWith(PREFIX);
  }

  private static KeyRef ref(EpochId epoch) {
    return new KeyRef(ObjectClass.DATA, PREFIX + epoch);
  }
}
