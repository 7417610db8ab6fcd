package karuta.guard.upkeep;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.database.Database;
import karuta.guard.sign.Signing;

/// Folds a journal as far as its age allows, however short it is.
public final class TestFold {
  private TestFold() {}

  /// Folds.
  ///
  /// @return how many judgements
  public static long of(Database journal, Signing signing, InstantSource time) {
    var folding = new Folding(journal, signing, "test bank", time);
    return folding.fold(folding.plan(FoldPlan.SHORTEST, 0, Optional.empty()), _ -> {});
  }

  /// What does not hold in a journal that may be folded.
  public static List<String> broken(Database journal, Signing signing) {
    return JournalCheck.of(journal, List.of(), Folding.keys(signing)).broken();
  }
}
