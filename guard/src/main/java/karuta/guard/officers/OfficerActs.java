package karuta.guard.officers;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers;
import karuta.approval.Officers.Count;
import karuta.approval.RequestLife;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.command.CommandFailed;
import karuta.database.Database;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Caps;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Chain;
import karuta.guard.journal.JudgementTable;

/// Carries out what enough officers have approved, beside whichever guards use the journal. The order must not be
/// changed:
///
/// 1. Officers have approved exactly this request, and it is not over.
/// 2. It is for this guard, and has the number after the last. So it is carried out once, whatever is sent again.
/// 3. The journal has every head that the request was made with: it is that journal, or what has become of it, and no
///   older copy.
/// 4. Each action finds what its line says there is.
/// 5. What was done is recorded with the request and its approvals.
///
/// From 2 on all is one transaction, and a refusal undoes it.
public final class OfficerActs {
  private final Database database;
  private final String guard;
  private final Caps caps;
  private final InstantSource time;

  /// @param guard the name of the guard that is asked
  public OfficerActs(Database database, String guard, Caps caps, InstantSource time) {
    this.database = database;
    this.guard = guard;
    this.caps = caps;
    this.time = time;
  }

  /// The guard that is asked.
  public String guard() {
    return guard;
  }

  /// A request for these actions, as the journal is now.
  ///
  /// @throws IllegalArgumentException if it cannot be one
  public ApprovalRequest request(List<Act> acts, Instant expires, String reason) {
    return database.reading(
        sql ->
            new ApprovalRequest(
                addressee(),
                ActTable.last(sql) + 1,
                expires,
                reason,
                Chain.heads(sql).stream().map(OfficerActs::line).toList(),
                acts.stream().map(Act::line).toList()));
  }

  /// What would enable a card; empty if it has no failure since its last pass and fewer in its life than the cap.
  public Optional<Act> enabling(Subject subject, Generation generation) {
    return database.reading(
        sql -> CardRow.find(sql, subject, generation).flatMap(card -> Acting.enabling(card, caps)));
  }

  /// What would lift the trip; empty if none stands.
  public Optional<Act> lifting() {
    return database.reading(Trips::lifting);
  }

  /// Does it.
  ///
  /// @param judged the file of judged cards, for a request that names one
  /// @return what was done, in words
  /// @throws CommandFailed if it is refused; nothing was done
  /// @throws karuta.database.DatabaseUnavailable if it is unknown whether it was done: the next number tells
  public String apply(
      Officers officers, ApprovalRequest request, List<Approval> approvals, Optional<Path> judged) {
    var now = time.instant();
    RequestLife.requireInForce(request, now);
    var count = officers.count(request, approvals, now);
    if (!count.enough()) {
      throw CommandFailed.refused(
          "%d of the %d approvals that it takes; have more officers approve it\n%s"
              .formatted(
                  count.approved().size(), count.required(), String.join("\n", count.objections()))
              .strip());
    }
    require(
        request.addressee().equals(addressee()),
        "the request is for %s, and this is %s".formatted(request.addressee(), addressee()));
    return database.change(
        sql -> apply(sql, request, count, new Acting(sql, caps, request.number(), now, judged)));
  }

  private String apply(Sql sql, ApprovalRequest request, Count count, Acting acting) {
    requireNext(sql, request);
    request.state().forEach(line -> requireKnown(sql, line));
    request.actions().forEach(line -> acting.carryOut(parsed(line)));
    require(
        ActTable.add(sql, request, count, acting.done(), acting.now()),
        "another request was carried out at the same time");
    return acting.done().toString();
  }

  private static void requireNext(Sql sql, ApprovalRequest request) {
    require(
        !ActTable.has(sql, request),
        "the request was carried out before; it is done, and nothing was changed now");
    var next = ActTable.last(sql) + 1;
    require(
        request.number() >= next,
        "the request has number %d, and the next is %d: another was carried out meanwhile; have this one made anew"
            .formatted(request.number(), next));
    require(
        request.number() == next,
        "the request has number %d, and the next is %d: the journal is another than that of the request, or older"
            .formatted(request.number(), next));
  }

  private static void requireKnown(Sql sql, String line) {
    var field = List.of(line.split(":", -1));
    var known =
        field.size() == 3
            && JudgementTable.has(
                sql, new ChainHead(field.get(0), Long.parseLong(field.get(1)), field.get(2)));
    require(known, "the journal is another than that of the request, or older: it lacks " + line);
  }

  private static Act parsed(String line) {
    try {
      return Act.parse(line);
    } catch (IllegalArgumentException e) {
      throw CommandFailed.refused(String.valueOf(e.getMessage()));
    }
  }

  private static String line(ChainHead head) {
    return "%s:%d:%s".formatted(head.guard(), head.sequence(), head.hash());
  }

  private String addressee() {
    return "guard " + guard;
  }

  static void require(boolean kept, String refusal) {
    if (!kept) {
      throw CommandFailed.refused(refusal);
    }
  }
}
