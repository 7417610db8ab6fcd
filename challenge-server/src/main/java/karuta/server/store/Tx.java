package karuta.server.store;

import karuta.database.Sql;

/// One transaction, seen as the tables it may touch. Worthless after the work that got it has returned.
public final class Tx {
  private final Sql sql;
  private final AuditIds ids;

  Tx(Sql sql, AuditIds ids) {
    this.sql = sql;
    this.ids = ids;
  }

  /// For statements about the database itself.
  Sql sql() {
    return sql;
  }

  public SubjectTable subjects() {
    return new SubjectTable(sql);
  }

  public CardTable cards() {
    return new CardTable(sql);
  }

  public CardDetailTable details() {
    return new CardDetailTable(sql);
  }

  public BookTable books() {
    return new BookTable(sql);
  }

  public ChallengeTable challenges() {
    return new ChallengeTable(sql);
  }

  public VerdictTable verdicts() {
    return new VerdictTable(sql);
  }

  public AuditTable audit() {
    return new AuditTable(sql, ids);
  }

  public SealTable seals() {
    return new SealTable(sql);
  }

  public GuardHeadTable guardHeads() {
    return new GuardHeadTable(sql);
  }

  public JudgedTable judged() {
    return new JudgedTable(sql);
  }

  public AlarmTable alarms() {
    return new AlarmTable(sql);
  }

  CheckTable checks() {
    return new CheckTable(sql);
  }

  public BundleTable bundles() {
    return new BundleTable(sql);
  }
}
