package karuta.server.store;

import java.time.Instant;
import java.util.List;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;

/// Writes audit rows in the transaction they tell of, for one caller at one time.
public record AuditedTx(Tx tx, Caller caller, Instant now) {
  /// The same, for what the server does by itself.
  public AuditedTx byKaruta() {
    return new AuditedTx(tx, Caller.KARUTA, now);
  }

  /// About a subject.
  public void note(Subject subject, AuditEvent event, String detail) {
    write(subject, event, 0, "", 0, detail);
  }

  /// About a card.
  public void note(CardRow card, AuditEvent event, String detail) {
    note(card.subject(), card.generation(), event, detail);
  }

  /// About a card.
  public void note(Subject subject, Generation generation, AuditEvent event, String detail) {
    write(subject, event, generation.value(), "", 0, detail);
  }

  /// About a challenge and the draws it asks.
  public void note(ChallengeRow challenge, AuditEvent event) {
    write(
        challenge.subject(),
        event,
        challenge.generation().value(),
        challenge.id().value(),
        challenge.draws().getFirst(),
        others(challenge.draws()));
  }

  private static String others(List<Integer> draws) {
    return draws.size() > 1 ? "and draw " + draws.get(1) : "";
  }

  private void write(
      Subject subject,
      AuditEvent event,
      int generation,
      String challenge,
      int draw,
      String detail) {
    tx.audit()
        .add(
            subject,
            new AuditEntry(now, caller.name(), event, generation, challenge, draw, detail));
  }
}
