package karuta.guard.model;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Module;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kodkod.engine.satlab.SATFactory;

/// The model in `src/main/alloy`, and the solver that looks for histories in it: SAT4J, which is plain Java.
final class GuardModel {
  private static final String SOLVER = "sat4j";

  /// Of histories that differ only in which guard, server or answer is called which, the solver looks at one. Alloy's
  /// own 20 lets more of them through, and the largest command takes half as long again.
  private static final int SYMMETRY = 60;

  private static final List<String> CALL =
      List.of("of", "says", "draws", "from", "at", "shown", "asks", "powers");
  private static final List<String> MOVES =
      List.of(
          "ask: {c: Challenge | ask[c]}",
          "end: {w: World | end}",
          "sweep: {c: Challenge | sweep[c]}",
          "verify: {a: Attempt | verify[a]}",
          "commit: {a: Attempt | commit[a]}",
          "reply: {a: Attempt | reply[a]}",
          "settle: {s: Server, r: Attempt | settle[s, r]}",
          "server stops: {s: Server | serverStops[s]}",
          "guard stops: {g: Guard | guardStops[g]}",
          "fold: {w: World | fold}",
          "old journal put back: {w: World | journalPutBack}",
          "old store put back: {w: World | storePutBack}");

  private final Module module;

  private GuardModel(Module module) {
    this.module = module;
  }

  /// A mistake in the model's text is thrown with its line.
  static GuardModel read(Path file) {
    return new GuardModel(CompUtil.parseEverything_fromFile(A4Reporter.NOP, null, file.toString()));
  }

  /// In the order of the file.
  List<Command> commands() {
    return module.getAllCommands();
  }

  /// What a `run` looks for or a `check` denies: the first history found, move by move, or none in the command's size.
  Optional<String> history(Command command) {
    var options = new A4Options();
    options.solver = SATFactory.find(SOLVER).orElseThrow();
    options.noOverflow = true;
    options.symmetry = SYMMETRY;
    var found =
        TranslateAlloyToKodkod.execute_command(
            A4Reporter.NOP, module.getAllReachableSigs(), command, options);
    return found.satisfiable() ? Optional.of(told(found)) : Optional.empty();
  }

  private String told(A4Solution found) {
    var text = new StringBuilder();
    for (var field : CALL) {
      text.append(field).append(' ').append(value(found, field, 0)).append('\n');
    }
    for (var state = 0; state < found.getTraceLength(); state++) {
      for (var move : MOVES) {
        var name = move.substring(0, move.indexOf(':'));
        var who = value(found, move.substring(move.indexOf(':') + 1), state);
        if (!who.equals("{}")) {
          text.append(state).append(' ').append(name).append(' ').append(who).append('\n');
        }
      }
    }
    return text.toString();
  }

  private String value(A4Solution found, String expression, int state) {
    var parsed = CompUtil.parseOneExpression_fromString(module, expression);
    return found.eval(parsed, state).toString().replace("guard/", "").replace("$", "");
  }
}
