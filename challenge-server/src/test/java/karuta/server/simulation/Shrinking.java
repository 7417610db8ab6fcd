package karuta.server.simulation;

import java.util.ArrayList;
import java.util.List;
import karuta.server.simulation.History.Broken;

/// Makes a history that breaks a promise as short as it still breaks one: steps are left out, then calmed, as long as
/// that helps.
final class Shrinking {
  private Shrinking() {}

  static Broken of(Broken found, Site site) {
    var best = found;
    int before;
    do {
      before = size(best);
      for (var step : best.history().steps()) {
        best = shorter(best, without(best.history(), step), site);
      }
      for (var step : best.history().steps()) {
        if (!best.history().calm().contains(step)) {
          best = shorter(best, calmed(best.history(), step), site);
        }
      }
    } while (size(best) < before);
    return best;
  }

  private static int size(Broken broken) {
    return 2 * broken.history().steps().size() - broken.history().calm().size();
  }

  private static Broken shorter(Broken best, History candidate, Site site) {
    return candidate.run(site).orElse(best);
  }

  private static History without(History history, Integer step) {
    return new History(history.seed(), minus(history.steps(), step), minus(history.calm(), step));
  }

  private static History calmed(History history, Integer step) {
    var calm = new ArrayList<>(history.calm());
    calm.add(step);
    return new History(history.seed(), history.steps(), calm);
  }

  private static List<Integer> minus(List<Integer> steps, Integer step) {
    return steps.stream().filter(other -> !other.equals(step)).toList();
  }
}
