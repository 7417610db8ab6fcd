package karuta.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import karuta.server.book.BundleImport;
import karuta.server.card.Cards;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.Policy;
import karuta.server.receipt.ReceiptKeys;
import karuta.server.store.Store;
import karuta.server.token.AnswerToken;
import karuta.server.watch.Observer;

/// The domain, put together: what the doors and the commands are built on.
///
/// @param cards the registry
/// @param challenges questions and answers
/// @param receiptKeys the public keys receipts verify under
/// @param store for its health; closed by whoever opened it
/// @param token for its health; closed by whoever opened it
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public record Core(
    Cards cards, Challenges challenges, ReceiptKeys receiptKeys, Store store, AnswerToken token) {
  /// What the domain stands on.
  ///
  /// @param issuer the `iss` of every receipt, for example the bank's name for this server
  /// @param time wall clock
  /// @param random for challenge ids, fresh draws and the order on screen
  public record Parts(
      Store store,
      AnswerToken token,
      Policy policy,
      String issuer,
      InstantSource time,
      SecureRandom random,
      Observer observer) {}

  /// Puts the parts together.
  public static Core of(Parts parts) {
    throw new UnsupportedOperationException("not built yet: " + parts.issuer());
  }

  /// The import of bundles, which needs no policy and no signing.
  public static BundleImport bundles(Store store, BundleImport.Trust trust, InstantSource time) {
    return new BundleImport(store, trust, time);
  }
}
