package karuta.server.guard;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import karuta.card.EpochId;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Question;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply;
import karuta.guard.client.SealFields;
import karuta.guard.client.Standing;
import karuta.server.metrics.Meters;
import karuta.server.store.Store;
import karuta.server.watch.Observer.Event;

/// A guard that is not called while it cannot be relied on: it is not there, its token cannot judge, its journal lacks
/// a head that the store remembers, or its book keys are not those of the server's epoch records (with another key of
/// the same name every right answer would be judged wrong). Calls are timed and faults counted. Verdicts are not
/// counted here, but where they have been committed.
public final class WatchedGuard implements Guard {
  private final Guard guard;
  private final Store store;
  private final Meters meters;
  private final Map<EpochId, String> records;
  private final LongSupplier nanoClock;
  private final AtomicReference<Optional<Standing>> last = new AtomicReference<>(Optional.empty());

  /// @param records the epochs that it must judge, with the check value of each one's book key; see [Standing#epochs]
  public WatchedGuard(
      Guard guard,
      Store store,
      Meters meters,
      Map<EpochId, String> records,
      LongSupplier nanoClock) {
    this.records = Map.copyOf(records);
    this.guard = guard;
    this.store = store;
    this.meters = meters;
    this.nanoClock = nanoClock;
  }

  @Override
  public Reply judge(Question question) {
    return asked("judge", () -> guard.judge(question));
  }

  @Override
  public Reply recall(Recall recall) {
    return asked("recall", () -> guard.recall(recall));
  }

  @Override
  public String seal(SealFields fields) {
    return asked("seal", () -> guard.seal(fields));
  }

  @Override
  public Standing look(List<ChainHead> known) {
    return timed("look", () -> guard.look(known));
  }

  /// Whether the guard was there when it was asked last, and stood well.
  @Override
  public boolean up() {
    return guard.up() && last.get().filter(Standing::judges).isPresent();
  }

  /// Asks how it stands, shows it the heads that the store remembers, and has the store remember those it says.
  ///
  /// A key at a limit of the token's own ends nothing but what needs it: the answers of one epoch, receipts, or seals.
  ///
  /// @return what it cannot do although it stands well, in one line; empty if it can do all
  /// @throws GuardUnavailable saying why it judges nothing
  public String check() {
    var standing = held(look(store.read(tx -> tx.guardHeads().all())));
    last.set(Optional.of(standing));
    if (!standing.judges()) {
      if (standing.behind()) {
        meters.saw(Event.JOURNAL_BEHIND);
      }
      throw new GuardUnavailable(standing.reason());
    }
    store.change(tx -> tx.guardHeads().remember(standing.heads()));
    meters.capped(standing.capped().size());
    return standing.capped().isEmpty()
        ? ""
        : "the token's own limit on the uses of a key is reached: "
            + standing.capped().stream().sorted().collect(Collectors.joining(", "));
  }

  /// Holds its epochs against the records, unless it judges nothing anyway.
  private Standing held(Standing standing) {
    var lacking =
        records.entrySet().stream()
            .filter(epoch -> !epoch.getValue().equals(standing.epochs().get(epoch.getKey())))
            .map(epoch -> "book-" + epoch.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    return !standing.judges() || lacking.isEmpty()
        ? standing
        : standing.refused("the guard has not the key of this server's epoch record: " + lacking);
  }

  /// The public keys receipts verify under, as a JWK set; none before the guard was there once.
  public Optional<String> receiptKeys() {
    return last.get().map(Standing::receiptKeys);
  }

  /// The public keys audit seals verify under, as a JWK set; none before the guard was there once.
  public Optional<String> sealKeys() {
    return last.get().map(Standing::sealKeys);
  }

  /// Also for a recall: a guard that has lost what it judged would close the challenge as never answered.
  private <T> T asked(String operation, Supplier<T> call) {
    if (!up()) {
      throw new GuardUnavailable("the guard is lost, or does not stand well");
    }
    return timed(operation, call);
  }

  private <T> T timed(String operation, Supplier<T> call) {
    var began = nanoClock.getAsLong();
    var end = "fault";
    try {
      var result = call.get();
      end = "ok";
      return result;
    } finally {
      meters.guard(operation, end, nanoClock.getAsLong() - began);
    }
  }
}
