package karuta.guard.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Says what it is told to say, and remembers what it was asked.
final class FakeGuard implements Guard {
  static final Reply SPENT = new Reply.Refused(Reply.Reason.SPENT, List.of(3), List.of());

  final List<Object> asked = new CopyOnWriteArrayList<>();
  Function<Question, Reply> judging =
      _ -> new Reply.Judged(Samples.WRONG, List.of(), Optional.empty());

  @Override
  public Reply judge(Question question) {
    asked.add(question);
    return judging.apply(question);
  }

  @Override
  public Reply recall(Recall recall) {
    asked.add(recall);
    return new Reply.Judged(
        Samples.judgement(recall.challenge(), Judgement.Verdict.UNANSWERED),
        List.of(Samples.WRONG),
        Optional.empty());
  }

  @Override
  public String seal(SealFields fields) {
    asked.add(fields);
    return "a.seal.b";
  }

  @Override
  public Standing look(List<ChainHead> known) {
    asked.add(known);
    return Samples.standing();
  }

  @Override
  public boolean up() {
    return true;
  }
}
