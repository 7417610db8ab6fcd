package karuta.server.seal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.guard.client.Guard;
import karuta.guard.client.SealFields;
import karuta.server.store.AuditRow;
import karuta.server.store.AuditTable;
import karuta.server.store.SealRow;
import karuta.server.store.Store;

/// Puts seals on the audit: the guard signs a digest over every row since the seal before, and the digest of that seal.
///
/// A stretch ends some minutes ago, so that every transaction which could still add a row to it is over, by the time of
/// record of all servers; a row that comes later all the same is found by [SealCheck]. Servers of one
/// store may seal at the same time: the number of a seal is taken once, and whoever comes second has done nothing.
public final class Seals {
  /// The `typ` of a seal.
  public static final String TYPE = "karuta-audit-seal+jwt";

  /// How long after a row a seal may close over it.
  static final Duration LAG = Duration.ofMinutes(5);

  /// How often rows are sealed.
  public static final Duration EVERY = Duration.ofMinutes(10);

  /// The age at which a row without a seal is a fault, and not only waiting for its turn.
  static final Duration DUE = LAG.plus(EVERY).plus(LAG);

  /// Rows under one seal, at most.
  static final int ROWS = 5_000;

  private final Store store;
  private final Guard guard;
  private final InstantSource time;

  public Seals(Store store, Guard guard, InstantSource time) {
    this.store = store;
    this.guard = guard;
    this.time = time;
  }

  /// A seal that was added.
  ///
  /// @param rows how many rows are under it
  /// @param digest of the seal itself: whoever keeps it elsewhere can prove later that nothing before was changed
  public record Added(long number, int rows, String digest) {}

  private record Open(Optional<SealRow> before, List<AuditRow> rows) {
    long number() {
      return before.map(SealRow::number).orElse(0L) + 1;
    }
  }

  /// Seals the oldest rows that have no seal; none if there are none, or another server was first.
  ///
  /// @throws karuta.guard.client.GuardUnavailable if the guard gives no signature; nothing is added
  public Optional<Added> sealNext() {
    var now = time.instant();
    var until = AuditTable.idAt(now.minus(LAG));
    var open =
        store.read(
            tx -> {
              var before = tx.seals().last();
              var after = before.map(SealRow::lastId).orElse("");
              return new Open(before, tx.audit().between(after, until, ROWS));
            });
    if (open.rows().isEmpty()) {
      return Optional.empty();
    }
    var last = open.rows().getLast().id();
    var seal =
        guard.seal(
            new SealFields(
                open.number(),
                open.before().map(before -> Digests.of(before.seal())).orElse(""),
                last,
                open.rows().size(),
                Digests.of(open.rows())));
    var row = new SealRow(open.number(), last, seal);
    return store.change(tx -> tx.seals().add(row))
        ? Optional.of(new Added(row.number(), open.rows().size(), Digests.of(seal)))
        : Optional.empty();
  }
}
