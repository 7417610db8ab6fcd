package karuta.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import karuta.client.Endpoint;
import karuta.client.Identity;
import karuta.demo.ChallengeServer;
import karuta.demo.Guard;
import karuta.demo.Home;
import karuta.demo.process.Programs;

/// Guard, server and database with so many cards in use, in a temporary directory and in processes of their own, as
/// `./karuta demo` starts them.
public final class MeasuredStack implements AutoCloseable {
  private static final byte[] LAYOUT_KEY = HexFormat.of().parseHex("00".repeat(32));

  /// The caps on all cards together are for a bank's day; a measurement has more wrong answers in a minute.
  private static final String CAPS =
      """

      [caps]
      failures-a-minute = 10000000
      failures-an-hour = 10000000
      failures-a-day = 10000000
      """;

  /// A customer whose answer was refused under load is asked anew, and the question before counts as left.
  private static final String POLICY =
      """

      [policy]
      abandoned-questions = 1000
      """;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Home home;
  private final MeasuredDatabase database;
  private final Guard guard;
  private final ChallengeServer server;
  private final Deck deck;
  private final Duration imported;

  /// Makes it.
  ///
  /// @param programs what is measured
  public MeasuredStack(StoreKind kind, int cards, Programs programs)
      throws IOException, SQLException {
    home = Home.temporary("bench");
    try {
      var issuer = SoftwareIssuer.make();
      var keys = new VerifierSetUp(home, issuer).run(programs);
      database = with(MeasuredDatabase.start(kind, home));
      guard = with(new Guard(home, programs));
      Files.writeString(home.path("verifier/guard.toml"), CAPS, StandardOpenOption.APPEND);
      guard.start();
      server =
          with(
              new ChallengeServer(
                  home,
                  programs,
                  new ChallengeServer.Settings(0, 0, database.configuration()),
                  guard.socket()));
      Files.writeString(home.path("server/server.toml"), POLICY, StandardOpenOption.APPEND);
      server.start();
      deck = Deck.make(cards, LAYOUT_KEY, keys.tag());
      var bundle = home.path("batches/measured.bundle");
      Books.write(bundle, deck, issuer, keys.token());
      try (var connection = database.connect()) {
        new Filling(connection, cards).order(Instant.now());
      }
      var begun = System.nanoTime();
      server.take(bundle);
      imported = Duration.ofNanos(System.nanoTime() - begun);
      Files.delete(bundle);
      try (var connection = database.connect()) {
        new Filling(connection, cards).activate(Instant.now());
      }
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T with(T part) {
    parts.push(part);
    return part;
  }

  /// Where everything lies.
  public Home home() {
    return home;
  }

  /// The cards.
  public Deck deck() {
    return deck;
  }

  /// How long `karuta import` took for all books.
  public Duration imported() {
    return imported;
  }

  /// The database.
  public MeasuredDatabase database() {
    return database;
  }

  /// The front end's way in.
  public Endpoint frontEnd() {
    return Endpoint.of(server.api(), Identity.in(home.pki(), "front-end"));
  }

  /// A part of the program, and the processes it runs in.
  public record Part(String name, List<ProcessHandle> processes) {}

  /// What answers, part by part.
  public List<Part> running() {
    return Stream.of(
            new Part("server", List.of(handle(server.process().pid()))),
            new Part("guard", List.of(handle(guard.process().pid()))),
            new Part("database", database.processes().toList()))
        .filter(part -> !part.processes().isEmpty())
        .toList();
  }

  private static ProcessHandle handle(long pid) {
    return ProcessHandle.of(pid).orElseThrow();
  }

  /// Stops the server and starts it again on its store.
  ///
  /// @return how long it took from its start until it was ready
  public Duration restartServer() {
    server.stop();
    var begun = System.nanoTime();
    server.start();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /// Stops the guard and starts it again on its journal.
  ///
  /// @return how long it took from its start until it listened
  public Duration restartGuard() {
    guard.stop();
    var begun = System.nanoTime();
    guard.start();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Override
  public void close() {
    for (var part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("karuta: a part of the stack does not close: " + e);
      }
    }
    home.delete();
  }
}
