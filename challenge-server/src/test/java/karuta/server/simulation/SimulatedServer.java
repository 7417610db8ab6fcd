package karuta.server.simulation;

import java.util.List;
import java.util.function.Function;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Question;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply;
import karuta.guard.client.SealFields;
import karuta.guard.client.Standing;
import karuta.server.Core;
import karuta.server.store.Store;
import karuta.server.testing.Bank;

/// A server from its start to its end, over the program's own domain.
final class SimulatedServer extends SimulatedProcess {
  private final Simulation simulation;
  private final int number;
  private final Core core;

  SimulatedServer(Simulation simulation, int number) {
    super("server " + number);
    this.simulation = simulation;
    this.number = number;
    var site = simulation.site();
    this.core =
        Core.of(
            new Core.Parts(
                Store.over(
                    site.storeDatabase.connect(simulation.steps(this, "the store")), Site.PATIENCE),
                new Way(),
                simulation.rules().policy(),
                Bank.AUDIENCE,
                simulation.site().time(),
                simulation.random(),
                _ -> {}));
  }

  Core core() {
    return core;
  }

  int number() {
    return number;
  }

  /// The way to this server's guard, on which a call or its reply may be lost.
  private final class Way implements Guard {
    @Override
    public Reply judge(Question question) {
      return asked(guard -> guard.judging().judge(question));
    }

    @Override
    public Reply recall(Recall recall) {
      return asked(guard -> guard.judging().recall(recall));
    }

    private Reply asked(Function<SimulatedGuard, Reply> call) {
      var server = SimulatedServer.this;
      simulation.step(server, "before it asks the guard", Way::lost);
      var guard = simulation.guard(number);
      if (!guard.running()) {
        simulation.excuse();
        throw lost();
      }
      Reply reply;
      try {
        reply = call.apply(guard);
      } catch (Ended end) {
        if (!end.of(guard)) {
          throw end;
        }
        goOn();
        throw lost();
      }
      simulation.replied(reply);
      simulation.step(server, "after the guard's reply", Way::lost);
      return reply;
    }

    private static GuardUnavailable lost() {
      return new GuardUnavailable("the guard did not reply");
    }

    @Override
    public String seal(SealFields fields) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Standing look(List<ChainHead> known) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean up() {
      var up = simulation.guard(number).running();
      if (!up) {
        simulation.excuse();
      }
      return up;
    }
  }
}
