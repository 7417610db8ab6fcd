package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_APPLICATION;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_VALUE;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import karuta.card.EpochId;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.Token;

/// Which epochs are finished, as the token itself remembers: a data object (PKCS#11 v2.40, section 4.5) that nobody can
/// change, made when an agreement is completed and before a first card is made with its key.
///
/// It is there so that no file decides whether cards may rest on a key. It outlives the key: the name of an epoch that was
/// finished is never given again. It is no protection from a holder of the PIN who brings a program of his own: that one
/// can destroy the key as well.
public final class FinishedEpochs {
  private static final String PREFIX = "finished-";
  private static final String APPLICATION = "karuta";

  private final Token token;

  public FinishedEpochs(Token token) {
    this.token = token;
  }

  /// Whether the epoch is finished.
  public boolean has(EpochId epoch) {
    return token.reading(lease -> lease.find(ref(epoch)).isPresent());
  }

  /// Marks the epoch as finished; does nothing if it is.
  ///
  /// @param checkValue of its key, by which the mark can be held against the key; 32 bytes
  public void mark(EpochId epoch, byte[] checkValue) {
    token.alone(
        lease -> {
          if (lease.find(ref(epoch)).isEmpty()) {
            lease.cryptoki().createObject(lease.session(), template(epoch, checkValue));
          }
          return epoch;
        });
  }

  /// The names of all finished epochs.
  public Set<String> all() {
    return token.reading(FinishedEpochs::all);
  }

  private static Set<String> all(SessionLease lease) {
    var names = new TreeSet<String>();
    var data = Attribute.of(CKA_CLASS, ObjectClass.DATA.code());
    for (var object : lease.findAll(Template.of(data))) {
      if (lease.read(object, List.of(CKA_LABEL)).getFirst() instanceof AttributeReading.Value label
          && isMark(label.attribute().text())) {
        names.add(label.attribute().text().substring(PREFIX.length()));
      }
    }
    return names;
  }

  /// Whether a data object's label is a mark's.
  static boolean isMark(String label) {
    return label.startsWith(PREFIX);
  }

  private static KeyRef ref(EpochId epoch) {
    return new KeyRef(ObjectClass.DATA, PREFIX + epoch);
  }

  private static Template template(EpochId epoch, byte[] checkValue) {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.DATA.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_LABEL, ref(epoch).label()),
        Attribute.of(CKA_APPLICATION, APPLICATION),
        Attribute.of(CKA_VALUE, checkValue),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }
}
