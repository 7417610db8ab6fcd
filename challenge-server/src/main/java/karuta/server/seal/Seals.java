package karuta.server.seal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.server.receipt.Jws;
import karuta.server.store.AuditRow;
import karuta.server.store.AuditTable;
import karuta.server.store.SealRow;
import karuta.server.store.Store;
import karuta.server.token.AnswerToken;

/// Puts seals on the audit: the token signs a digest over every row since the seal before, and the digest of that seal.
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
  private final AnswerToken token;
  private final String issuer;
  private final InstantSource time;

  /// @param issuer the `iss` of every seal, as of receipts
  public Seals(Store store, AnswerToken token, String issuer, InstantSource time) {
    this.store = store;
    this.token = token;
    this.issuer = issuer;
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
  /// @throws karuta.server.token.TokenUnavailable if the token gives no signature; nothing is added
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
        Jws.sign(
            token,
            TYPE,
            out -> {
              out.writeStringField("iss", issuer);
              out.writeNumberField("iat", now.getEpochSecond());
              out.writeNumberField("seal", open.number());
              out.writeStringField(
                  "previous", open.before().map(before -> Digests.of(before.seal())).orElse(""));
              out.writeStringField("last_id", last);
              out.writeNumberField("rows", open.rows().size());
              out.writeStringField("digest", Digests.of(open.rows()));
            });
    var row = new SealRow(open.number(), last, seal);
    return store.change(tx -> tx.seals().add(row))
        ? Optional.of(new Added(row.number(), open.rows().size(), Digests.of(seal)))
        : Optional.empty();
  }
}
