package karuta.server;

import java.security.SecureRandom;
import java.time.InstantSource;
import karuta.guard.client.Guard;
import karuta.server.answer.AnswerContext;
import karuta.server.answer.ChallengeService;
import karuta.server.book.BundleImport;
import karuta.server.book.BundleTrust;
import karuta.server.card.Cards;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.Policy;
import karuta.server.lifecycle.Registry;
import karuta.server.seal.Seals;
import karuta.server.store.Store;
import karuta.server.watch.Observer;
import karuta.server.watch.Watch;

/// The objects of the domain, wired together: what the transports and the commands use.
///
/// @param cards the registry
/// @param challenges questions and answers
/// @param seals on the audit
/// @param store for its health; closed by whoever opened it
public record Core(Cards cards, Challenges challenges, Seals seals, Store store) {
  /// What the domain stands on.
  ///
  /// @param audience who shall take the receipts, for example the bank's name for its core banking
  /// @param time of record, in milliseconds
  /// @param random for challenge ids, fresh draws and the order on screen
  public record Parts(
      Store store,
      Guard guard,
      Policy policy,
      String audience,
      InstantSource time,
      SecureRandom random,
      Observer observer) {}

  /// Puts the parts together.
  public static Core of(Parts parts) {
    var context =
        new AnswerContext(
            parts.store(),
            parts.guard(),
            parts.audience(),
            parts.policy(),
            new Watch(parts.store(), parts.policy(), parts.observer()),
            parts.time(),
            parts.random(),
            parts.observer());
    return new Core(
        new Registry(parts.store(), parts.policy(), parts.time()),
        new ChallengeService(context),
        new Seals(parts.store(), parts.guard(), parts.time()),
        parts.store());
  }

  /// The import of bundles, which needs no policy and no signing.
  public static BundleImport bundles(Store store, BundleTrust trust, InstantSource time) {
    return new BundleImport(store, trust, time);
  }
}
