package karuta.guard.journal;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.BitSet;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers.Count;
import karuta.database.Sql;
import karuta.digest.Sha256;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;

/// The rows of what officers had done: added, and never changed.
final class ActTable {
  private ActTable() {}

  /// The number of the last act; 0 before the first.
  static long last(Sql sql) {
    return sql.row(
            row -> row.getLong("last"), "SELECT coalesce(max(number), 0) AS last FROM officer_acts")
        .orElseThrow();
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
  record Step(long act, int step) {}

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
}
