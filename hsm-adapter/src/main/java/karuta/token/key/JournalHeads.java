package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_LABEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.cryptoki.ObjectClass;
import karuta.token.Finding;
import karuta.token.KeyNotFound;
import karuta.token.KeyPolicyViolation;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.Token;

/// How far each guard may have written its journal, as the token itself remembers: a journal that was put back lacks
/// the head that is remembered here, and the server cannot write here. Each guard has a [NumberedObject] of its own,
/// `guard-head-<guard>`.
///
/// It is no protection from a holder of the PIN who brings another program: that program can make and destroy such
/// objects as well. Nobody can do either without logging in: an object made without a login is not private, and is
/// ignored.
public final class JournalHeads {
  private static final String PREFIX = "guard-head-";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private final Token token;

  public JournalHeads(Token token) {
    this.token = token;
  }

  /// What the token remembers of a guard.
  ///
  /// @throws IllegalArgumentException if no guard can be called so
  /// @throws KeyPolicyViolation if it cannot be read
  public Optional<Remembered> read(String guard) {
    var label = label(guard);
    return token.reading(new NumberedObject(label)::read);
  }

  /// Remembers that the guard may write up to a number; to be called before it does. What is remembered already is left
  /// as it is, so a call that was cut off is simply made again. No other call of the token runs meanwhile.
  ///
  /// @throws IllegalArgumentException if the token remembers a higher number, or the same with another hash
  /// @throws KeyPolicyViolation if what is remembered cannot be read, or the token did not make what was asked
  /// @throws karuta.token.TokenUnavailable if the token was lost meanwhile: which of the two is remembered is unknown
  public void advance(String guard, Remembered to) {
    var label = label(guard);
    token.alone(
        lease ->
            new NumberedObject(label).advance(lease, to, "does another guard have that name?"));
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
    findings.addAll(new NumberedObject(label).audit(lease, object));
    return findings;
  }

  private static KeyRef ref(String label) {
    return new KeyRef(ObjectClass.DATA, label);
  }
}
