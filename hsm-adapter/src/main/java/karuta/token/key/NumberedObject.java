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
import java.util.stream.Stream;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.KeyPolicyViolation;
import karuta.token.SessionLease;

/// A number in a token that only grows, with a hash beside it: a [DataObject].
///
/// It is replaced and not changed, the new one made before the old one is destroyed: so there is no moment at which the
/// token remembers nothing, or half of a number. Where both are there, because a process ended between the two steps,
/// the higher number holds, and the next advance removes the lower. In the other order a crash would begin anew.
final class NumberedObject {
  private static final List<Attribute> FIXED =
      List.of(
          Attribute.of(CKA_PRIVATE, true),
          Attribute.of(CKA_COPYABLE, false),
          Attribute.of(CKA_MODIFIABLE, false));

  private final String label;

  NumberedObject(String label) {
    this.label = label;
  }

  private record Found(long handle, Remembered said) {}

  /// What the token remembers.
  ///
  /// @throws KeyPolicyViolation if it cannot be read
  Optional<Remembered> read(SessionLease lease) {
    return highest(find(lease)).map(Found::said);
  }

  /// Remembers a number that is higher. One that is remembered already is left as it is.
  ///
  /// @param question what to ask whoever would step back
  /// @throws IllegalArgumentException if the token remembers a higher number, or the same with another hash
  /// @throws KeyPolicyViolation if what is remembered cannot be read, or the token did not make what was asked
  Remembered advance(SessionLease lease, Remembered to, String question) {
    var found = find(lease);
    var last = highest(found);
    var same = last.filter(one -> one.said().equals(to));
    if (same.isEmpty() && last.isPresent() && last.get().said().sequence() >= to.sequence()) {
      throw new IllegalArgumentException(
          "%s is at number %d already, so %d is a step back; %s"
              .formatted(label, last.get().said().sequence(), to.sequence(), question));
    }
    return keep(lease, found, same.map(Found::handle).orElseGet(() -> make(lease, to)), to);
  }

  /// Remembers a number that is higher, and refuses one that is remembered already: of several who bring the same one,
  /// at most one gets through. Another process may make its object between the search and the making of this one, so
  /// afterwards it is looked again, and whoever then sees another of the number takes their own back.
  ///
  /// @throws IllegalArgumentException if the token remembers this number or a higher one
  /// @throws KeyPolicyViolation if what is remembered cannot be read, or the token did not make what was asked
  Remembered advanceOnce(SessionLease lease, Remembered to) {
    var found = find(lease);
    refuseUnlessHigher(found, to);
    var made = make(lease, to);
    try {
      refuseUnlessHigher(find(lease).stream().filter(other -> other.handle() != made).toList(), to);
    } catch (RuntimeException e) {
      lease.undo(e, made);
      throw e;
    }
    return keep(lease, found, made, to);
  }

  private void refuseUnlessHigher(List<Found> others, Remembered to) {
    if (others.stream().anyMatch(other -> other.said().sequence() >= to.sequence())) {
      throw new IllegalArgumentException(
          "%s is at number %d or higher already".formatted(label, to.sequence()));
    }
  }

  private static Remembered keep(
      SessionLease lease, List<Found> found, long kept, Remembered said) {
    for (var one : found) {
      if (one.handle() != kept) {
        lease.cryptoki().destroyObject(lease.session(), one.handle());
      }
    }
    return said;
  }

  /// Makes it, and reads it back before the old one is given up.
  private long make(SessionLease lease, Remembered to) {
    var object =
        lease.cryptoki().createObject(lease.session(), DataObject.template(label, to.value()));
    try {
      var findings = new ArrayList<>(audit(lease, object));
      var reading = lease.read(object, List.of(CKA_VALUE)).getFirst();
      if (!Remembered.of(reading).equals(Optional.of(to))) {
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

  /// What is wrong with an object that has the label.
  List<Finding> audit(SessionLease lease, long object) {
    var findings = new ArrayList<Finding>();
    var readings =
        lease.read(
            object,
            Stream.concat(Stream.of(CKA_VALUE), FIXED.stream().map(Attribute::type)).toList());
    if (Remembered.of(readings.getFirst()).isEmpty()) {
      findings.add(unreadable(readings.getFirst()));
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

  private Finding unreadable(AttributeReading reading) {
    return new Finding(label, CKA_VALUE.name(), "a number and a hash", reading.toString());
  }

  /// How many there are; usually one or none.
  int count(SessionLease lease) {
    return lease.findAll(search()).size();
  }

  private Template search() {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.DATA.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_LABEL, label));
  }

  private List<Found> find(SessionLease lease) {
    return lease.findAll(search()).stream().map(object -> found(lease, object)).toList();
  }

  private Found found(SessionLease lease, long object) {
    var reading = lease.read(object, List.of(CKA_VALUE)).getFirst();
    return Remembered.of(reading)
        .map(said -> new Found(object, said))
        .orElseThrow(() -> new KeyPolicyViolation(unreadable(reading)));
  }

  /// By the hash too, so that two objects that two processes have made are always read in the same way.
  private static Optional<Found> highest(List<Found> found) {
    return found.stream()
        .max(
            Comparator.comparingLong((Found one) -> one.said().sequence())
                .thenComparing(one -> one.said().hash()));
  }
}
