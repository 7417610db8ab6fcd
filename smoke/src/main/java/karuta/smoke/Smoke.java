package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.PrintStream;
import karuta.client.PublishedFiles;
import karuta.demo.ChallengeServer;
import karuta.demo.Home;
import karuta.demo.Steps;
import karuta.demo.WholeStack;
import karuta.demo.process.Programs;

/// The whole chain in a directory, and every check on it.
final class Smoke {
  private Smoke() {}

  /// Builds a stack, asks it everything, stops it.
  ///
  /// @param out a line for each step and each check, and a closing line
  /// @return whether everything held
  static boolean run(Home home, PrintStream out) throws Exception {
    var steps = new Steps(out);
    var vertx = Vertx.vertx();
    try (var stack =
        new WholeStack(home, Programs.built(), ChallengeServer.Settings.onSqlite(0, 0), steps)) {
      stack.mailFirstCards();
      var tally = new Tally(out, steps.passed());
      check(stack, vertx, tally);
      return tally.close();
    } finally {
      vertx.close().await();
    }
  }

  private static void check(WholeStack stack, Vertx vertx, Tally tally) {
    var frontEnd = stack.bank().frontEndpoint();
    var tls = new WebClientOptions();
    frontEnd.identity().orElseThrow().applyTo(tls);
    var ways =
        new Checks.Ways(
            new PublishedFiles(vertx, frontEnd),
            RawHttp.to(vertx, stack.server().api(), tls),
            RawHttp.to(vertx, stack.server().management(), new WebClientOptions()));
    var checks = new Checks(tally, ways, stack.bank());
    checks.run();
    new MemoryChecks(checks.customers(), stack, ways.management()).run(tally);
  }
}
