package karuta.server.testing;

import java.util.List;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.Question;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply;
import karuta.guard.client.SealFields;
import karuta.guard.client.Standing;

/// A guard after whose judgements something happens.
record HookedGuard(Guard guard, Runnable afterJudged) implements Guard {
  @Override
  public Reply judge(Question question) {
    var reply = guard.judge(question);
    afterJudged.run();
    return reply;
  }

  @Override
  public Reply recall(Recall recall) {
    return guard.recall(recall);
  }

  @Override
  public String seal(SealFields fields) {
    return guard.seal(fields);
  }

  @Override
  public Standing look(List<ChainHead> known) {
    return guard.look(known);
  }

  @Override
  public boolean up() {
    return guard.up();
  }
}
