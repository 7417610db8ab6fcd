package karuta.guard.officers;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers.Count;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.digest.Sha256;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Chain;

/// The rows of what officers had done: added, and never changed.
public final class ActTable {
  private ActTable() {}

  /// The number of the last act; 0 before the first.
  static long last(Sql sql) {
    return sql.row(
            row -> row.getLong("last"), "SELECT coalesce(max(number), 0) AS last FROM officer_acts")
        .orElseThrow();
  }

  /// Whether exactly this request was carried out.
  static boolean has(Sql sql, ApprovalRequest request) {
    return sql.row(
            row -> row.getLong("number"),
            "SELECT number FROM officer_acts WHERE number = ? AND digest = ?",
            request.number(),
            request.digest().hex())
        .isPresent();
  }

  /// Adds an act with its approvals; false if another has its number.
  static boolean add(Sql sql, ApprovalRequest request, Count count, Acting.Done done, Instant at) {
    var added =
        sql.change(
            """
            INSERT INTO officer_acts (number, digest, request, applied_at, cards, charged, chains, trips)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            request.number(),
            request.digest().hex(),
            request.toBytes(),
            at.toEpochMilli(),
            done.cards(),
            done.charged(),
            done.chains(),
            done.trips());
    if (added == 0) {
      return false;
    }
    count
        .approved()
        .forEach(
            (officer, approval) ->
                sql.changeOne(
                    "INSERT INTO officer_approvals (act, officer, approval) VALUES (?, ?, ?)",
                    request.number(),
                    name(officer),
                    approval.document()));
    return true;
  }

  private static String name(X509Certificate officer) {
    try {
      return Sha256.hex(officer.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has no bytes", e);
    }
  }

  /// Where in the acts something was changed.
  ///
  /// @param act its number
  /// @param step of it, from 1
  public record Step(long act, int step) {
    /// Before the first.
    public static final Step NONE = new Step(0, 0);
  }

  /// Adds what was changed of a card.
  ///
  /// @param known the place in its chain that the journal knows from now on
  static void add(Sql sql, Step at, Head known, CardRow before, CardRow after) {
    var added = (BitSet) after.spent().clone();
    added.andNot(before.spent());
    sql.changeOne(
        """
        INSERT INTO card_acts
          (act, step, subject, generation, number, hash, number_before, hash_before,
           failures, failures_before, in_life, in_life_before, added_draws)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        at.act(),
        at.step(),
        after.subject().value(),
        after.generation().value(),
        known.number(),
        known.hash(),
        before.head().number(),
        before.head().hash(),
        after.failures(),
        before.failures(),
        after.failuresInLife(),
        before.failuresInLife(),
        added.toByteArray());
  }

  /// Adds what was changed of a guard's chain.
  ///
  /// @param known the place in it that the journal knows from now on
  static void add(Sql sql, Step at, ChainHead known, Chain before) {
    sql.changeOne(
        """
        INSERT INTO chain_acts (act, step, guard, sequence, hash, sequence_before, hash_before)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        at.act(),
        at.step(),
        known.guard(),
        known.sequence(),
        known.hash(),
        before.sequence(),
        before.hash());
  }

  /// What a step of an act changed of a card.
  ///
  /// @param known the place in its chain that the journal knows since
  /// @param before the head it was made over
  /// @param at when it was applied
  public record CardAct(
      Step step,
      Head known,
      Head before,
      int failuresBefore,
      int failures,
      int inLifeBefore,
      int inLife,
      BitSet added,
      Instant at) {
    /// Whether it was made over this.
    public boolean follows(CardRow card) {
      return before.equals(card.head())
          && failuresBefore == card.failures()
          && inLifeBefore == card.failuresInLife();
    }

    /// The card after it.
    public CardRow applied(CardRow card) {
      var spent = (BitSet) card.spent().clone();
      spent.or(added);
      return card.with(
          known.number() > before.number() ? known : before,
          failures,
          inLife,
          inLife > inLifeBefore ? at : card.failedAt(),
          spent);
    }
  }

  /// What acts changed of a card behind a step, in their order.
  public static List<CardAct> of(Sql sql, Subject subject, Generation generation, Step behind) {
    return sql.rows(
        row ->
            new CardAct(
                new Step(row.getLong("act"), row.getInt("step")),
                new Head(row.getLong("number"), row.getString("hash")),
                new Head(row.getLong("number_before"), row.getString("hash_before")),
                row.getInt("failures_before"),
                row.getInt("failures"),
                row.getInt("in_life_before"),
                row.getInt("in_life"),
                BitSet.valueOf(row.getBytes("added_draws")),
                Instant.ofEpochMilli(row.getLong("applied_at"))),
        """
        SELECT c.act, c.step, c.number, c.hash, c.number_before, c.hash_before, c.failures_before, c.failures, c.in_life_before,
               c.in_life, c.added_draws, a.applied_at
          FROM card_acts c
          JOIN officer_acts a ON a.number = c.act
         WHERE c.subject = ? AND c.generation = ? AND (c.act, c.step) > (?, ?)
         ORDER BY c.act, c.step
        """,
        subject.value(),
        generation.value(),
        behind.act(),
        behind.step());
  }

  /// Where an act moved a guard's chain.
  ///
  /// @param sequence from which it goes on
  /// @param before the sequence it was moved from
  public record ChainAct(long sequence, String hash, long before) {}

  /// Where acts moved a guard's chain from a place or one behind it, in their order.
  public static List<ChainAct> of(Sql sql, String guard, long sequence) {
    return sql.rows(
        row ->
            new ChainAct(
                row.getLong("sequence"), row.getString("hash"), row.getLong("sequence_before")),
        """
        SELECT sequence, hash, sequence_before
          FROM chain_acts
         WHERE guard = ? AND sequence > sequence_before AND sequence_before >= ?
         ORDER BY act, step
        """,
        guard,
        sequence);
  }
}
