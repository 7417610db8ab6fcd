package karuta.token.key;

import java.util.List;
import java.util.Optional;
import karuta.token.Finding;
import karuta.token.Token;

/// Which request of its custodians a token has seen carried out last: the [NumberedObject] `last-request`, with the
/// request's number and its digest. The next one has the next number, so that none is carried out twice.
///
/// It is no protection from a holder of the PIN who brings another program: that program can destroy the keys as well.
/// A token that comes back from its backup remembers what it did when the backup was made.
public final class ApprovedRequests {
  private static final String LABEL = "last-request";
  private static final NumberedObject LAST = new NumberedObject(LABEL);

  private final Token token;

  public ApprovedRequests(Token token) {
    this.token = token;
  }

  /// The last one.
  ///
  /// @throws karuta.token.KeyPolicyViolation if it cannot be read
  public Optional<Remembered> last() {
    return token.reading(LAST::read);
  }

  /// What people should know of it although it damages nothing, so that no guard is kept from starting: more than one
  /// object, of which the highest number holds. A process that ended while it replaced the one before leaves two; the
  /// next request removes the lower. Nobody else makes one.
  public List<Finding> findings() {
    var objects = token.reading(LAST::count);
    return objects > 1
        ? List.of(new Finding(LABEL, "presence", "one object", objects + " objects"))
        : List.of();
  }

  /// Remembers one; to be called before it is carried out, so that one that fails halfway is not approved any more. Of
  /// two processes that carry out the same one, at most one comes back from here.
  ///
  /// @throws IllegalArgumentException if it was carried out already, or another of its number, or a later one
  /// @throws karuta.token.KeyPolicyViolation if what is remembered cannot be read, or the token did not make what was
  ///     asked
  /// @throws karuta.token.TokenUnavailable if the token was lost meanwhile: whether it is remembered is unknown
  public void remember(Remembered request) {
    token.alone(lease -> LAST.advanceOnce(lease, request));
  }

  /// The object, if a data object's label is its.
  static Optional<NumberedObject> of(String label) {
    return label.equals(LABEL) ? Optional.of(LAST) : Optional.empty();
  }
}
