package karuta.server.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.journal.SimulatedJournal;
import karuta.guard.judge.Judging;
import karuta.guard.sign.Signing;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.SigningKey;
import karuta.token.Verdict;

/// A guard from its start to its end, over the program's own judging.
final class SimulatedGuard extends SimulatedProcess {
  private static final Duration RECEIPT_LIFE = Duration.ofMinutes(15);

  private final Simulation simulation;
  private final SimulatedJournal journal;
  private final Judging judging;

  SimulatedGuard(Simulation simulation, int number) {
    super("guard " + number);
    this.simulation = simulation;
    var name = "guard-" + number;
    var time = simulation.site().time();
    this.journal =
        new SimulatedJournal(
            simulation.site().journalDatabase.connect(simulation.steps(this, "the journal")),
            name,
            simulation.rules().caps(),
            time,
            simulation.rules().unseen(),
            () -> simulation.givesUp(this));
    var token = new Token();
    this.judging =
        new Judging(
            name, token, journal.journal(), new Signing(token, "test bank", RECEIPT_LIFE), time);
  }

  Judging judging() {
    return judging;
  }

  SimulatedJournal journal() {
    return journal;
  }

  private static GuardUnavailable fault() {
    return new GuardUnavailable("the token did not do its work");
  }

  /// Something may happen before and after all that it does.
  private final class Token implements JudgeToken {
    @Override
    public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
      simulation.step(SimulatedGuard.this, "before its token verifies", SimulatedGuard::fault);
      var verdict = simulation.site().token.verify(epoch, answer, tag);
      simulation.step(SimulatedGuard.this, "after its token verified", SimulatedGuard::fault);
      return verdict;
    }

    @Override
    public Map<EpochId, String> epochs() {
      return simulation.site().token.epochs();
    }

    @Override
    public List<SigningKey> keys(Use use) {
      return simulation.site().token.keys(use);
    }

    @Override
    public byte[] sign(Use use, byte[] data) {
      simulation.step(SimulatedGuard.this, "before its token signs", SimulatedGuard::fault);
      return simulation.site().token.sign(use, data);
    }

    @Override
    public void check() {
      // it is there
    }

    @Override
    public Set<String> capped() {
      return Set.of();
    }

    @Override
    public boolean up() {
      return true;
    }
  }
}
