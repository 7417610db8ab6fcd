package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_VALUE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.KeyNotFound;
import karuta.token.KeyPolicyViolation;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.Token;

/// How far each guard may have written its journal, as the token itself remembers: a journal that was put back lacks
/// the head that is remembered here, and the server cannot write here. Each guard has a [DataObject] of its own,
/// `guard-head-<guard>`.
///
/// An object is replaced and not changed, the new one made before the old one is destroyed: so there is no moment at
/// which the token remembers nothing, or half of a number. Where both are there, because a process ended between the
/// two steps, the higher number holds, and the next advance removes the lower. In the other order a crash would begin
/// the guard anew.
///
/// It is no protection from a holder of the PIN who brings another program: that program can make and destroy such
/// objects as well. Nobody can do either without logging in: an object made without a login is not private, and is
/// ignored.
public final class JournalHeads {
  private static final String PREFIX = "guard-head-";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private static final List<Attribute> FIXED =
      List.of(
          Attribute.of(CKA_PRIVATE, true),
          Attribute.of(CKA_COPYABLE, false),
          Attribute.of(CKA_MODIFIABLE, false));

  private final Token token;

  public JournalHeads(Token token) {
    this.token = token;
  }

  private record Found(long handle, Remembered head) {}

  /// What the token remembers of a guard.
  ///
  /// @throws IllegalArgumentException if no guard can be called so
  /// @throws KeyPolicyViolation if it cannot be read
  public Optional<Remembered> read(String guard) {
    var label = label(guard);
    return token.reading(lease -> highest(find(lease, label)).map(Found::head));
  }

  /// Remembers that the guard may write up to a number; to be called before it does. What is remembered already is left
  /// as it is, so a call that was cut off is simply made again. No other call of the token runs meanwhile.
  ///
  /// @throws IllegalArgumentException if the token remembers a higher number, or the same with another hash
  /// @throws KeyPolicyViolation if what is remembered cannot be read, or the token did not make what was asked
  /// @throws karuta.token.TokenUnavailable if the token was lost meanwhile: which of the two is remembered is unknown
  public void advance(String guard, Remembered to) {
    var label = label(guard);
    token.alone(lease -> advance(lease, label, to));
  }

  private static Remembered advance(SessionLease lease, String label, Remembered to) {
    var found = find(lease, label);
    var last = highest(found);
    var same = last.filter(one -> one.head().equals(to));
    if (same.isEmpty() && last.isPresent() && last.get().head().sequence() >= to.sequence()) {
      throw new IllegalArgumentException(
          "%s is at number %d already, so %d is a step back; does another guard have that name?"
              .formatted(label, last.get().head().sequence(), to.sequence()));
    }
    long kept = same.map(Found::handle).orElseGet(() -> make(lease, label, to));
    for (var one : found) {
      if (one.handle() != kept) {
        lease.cryptoki().destroyObject(lease.session(), one.handle());
      }
    }
    return to;
  }

  /// Makes it, and reads it back before the old one is given up.
  private static long make(SessionLease lease, String label, Remembered head) {
    var object =
        lease.cryptoki().createObject(lease.session(), DataObject.template(label, head.value()));
    try {
      var findings = new ArrayList<>(audit(lease, object, label));
      var reading = lease.read(object, List.of(CKA_VALUE)).getFirst();
      if (!Remembered.of(reading).equals(Optional.of(head))) {
        findings.add(new Finding(label, CKA_VALUE.name(), "what was written", "something else"));
      }
      if (!findings.isEmpty()) {
        throw new KeyPolicyViolation(findings);
      }
      return object;
    } catch (RuntimeException e) {
      lease.undo(e, object);
      throw e;
    }
  }

  /// Forgets a guard that is gone, so that its name means nothing any more. What cannot be read is forgotten as well.
  ///
  /// @throws KeyNotFound if nothing is remembered
  public void forget(String guard) {
    var label = label(guard);
    token.alone(
        lease -> {
          var objects = lease.findAll(ref(label).search());
          if (objects.isEmpty()) {
            throw new KeyNotFound(label);
          }
          objects.forEach(object -> lease.cryptoki().destroyObject(lease.session(), object));
          return label;
        });
  }

  /// The names of all guards of which there is an object, readable or not.
  public Set<String> all() {
    return token.reading(lease -> DataObject.names(lease, PREFIX));
  }

  /// The label of a guard's object.
  ///
  /// @throws IllegalArgumentException if no guard can be called so
  public static String label(String guard) {
    if (!NAME.matcher(guard).matches()) {
      throw new IllegalArgumentException(
          "a guard is named with 1 to 32 lower-case letters, digits and hyphens");
    }
    return PREFIX + guard;
  }

  /// Whether a data object's label is one of these.
  static boolean isHead(String label) {
    return label.startsWith(PREFIX);
  }

  /// What is wrong with an object that has such a label.
  static List<Finding> audit(SessionLease lease, long object, String label) {
    var findings = new ArrayList<Finding>();
    if (!NAME.matcher(label.substring(PREFIX.length())).matches()) {
      findings.add(new Finding(label, CKA_LABEL.name(), PREFIX + "<guard>", "no guard's name"));
    }
    var readings =
        lease.read(
            object,
            Stream.concat(Stream.of(CKA_VALUE), FIXED.stream().map(Attribute::type)).toList());
    if (Remembered.of(readings.getFirst()).isEmpty()) {
      findings.add(unreadable(label, readings.getFirst()));
    }
    for (var i = 0; i < FIXED.size(); i++) {
      var attribute = FIXED.get(i);
      var reading = readings.get(i + 1);
      if (!reading.says(attribute)) {
        findings.add(
            new Finding(label, attribute.type().name(), attribute.toString(), reading.toString()));
      }
    }
    return findings;
  }

  private static Finding unreadable(String label, AttributeReading reading) {
    return new Finding(label, CKA_VALUE.name(), "a number and a hash", reading.toString());
  }

  private static List<Found> find(SessionLease lease, String label) {
    var search =
        Template.of(
            Attribute.of(CKA_CLASS, ObjectClass.DATA.code()),
            Attribute.of(CKA_TOKEN, true),
            Attribute.of(CKA_PRIVATE, true),
            Attribute.of(CKA_LABEL, label));
    return lease.findAll(search).stream().map(object -> found(lease, label, object)).toList();
  }

  private static Found found(SessionLease lease, String label, long object) {
    var reading = lease.read(object, List.of(CKA_VALUE)).getFirst();
    return Remembered.of(reading)
        .map(head -> new Found(object, head))
        .orElseThrow(() -> new KeyPolicyViolation(unreadable(label, reading)));
  }

  /// By the hash too, so that two objects that two guards of one name have made are always read in the same way.
  private static Optional<Found> highest(List<Found> found) {
    return found.stream()
        .max(
            Comparator.comparingLong((Found one) -> one.head().sequence())
                .thenComparing(one -> one.head().hash()));
  }

  private static KeyRef ref(String label) {
    return new KeyRef(ObjectClass.DATA, label);
  }
}
