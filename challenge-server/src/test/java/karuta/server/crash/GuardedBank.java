package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.client.Endpoint;
import karuta.client.KarutaClient;
import karuta.client.Retry;
import karuta.command.ExitCode;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.SocketGuard;
import karuta.guard.config.GuardConfig;
import karuta.guard.config.GuardConfigReader;
import karuta.guard.journal.Journal;
import karuta.guard.testing.GuardInstallation;
import karuta.server.Core;
import karuta.server.Main;
import karuta.server.card.Method;
import karuta.server.config.ServerConfig;
import karuta.server.config.ServerConfigReader;
import karuta.server.model.JournalCheck;
import karuta.server.model.Records;
import karuta.server.model.StoreCheck;
import karuta.server.model.Told;
import karuta.server.model.ToldCheck;
import karuta.server.seal.SealCheck;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.CardFactory;
import karuta.server.testing.Installation;
import karuta.server.testing.PrintedCard;
import karuta.server.testing.TestIssuer;
import karuta.testing.ChildJvm;
import karuta.token.testing.Bench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.jspecify.annotations.Nullable;

/// `karuta guard` and `karuta serve` as they are started in earnest, each a process that can be killed, and the back
/// office beside them. There may be several guards on one journal, each with a server of its own on one store.
final class GuardedBank implements AutoCloseable {
  private static final Pattern SERVING =
      Pattern.compile("serving (http://127.0.0.1:[0-9]+), management http://127.0.0.1:([0-9]+)");

  /// Wrong answers are limited by the guard alone; no question ends by time, and nobody is locked for leaving one.
  private static final String POLICY =
      """
      [policy]
      wrong-answers = 100
      step-up-at = 8
      wrong-answers-in-life = 100
      abandoned-questions = 1000
      answer-seconds = 3600
      order-renewal = false
      """;

  private static final String CAPS =
      """
      [caps]
      failures-since-pass = 5
      failures-in-life = 9
      failures-a-minute = 10000000
      failures-an-hour = 10000000
      failures-a-day = 10000000
      """;

  /// Longer than a question can be answered.
  private static final Duration LATER = Duration.ofHours(2);

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int AT_ONCE = 200;

  private final Path directory;
  private final List<Site> sites;
  private final Map<String, String> environment;
  private final CardFactory cards;
  private final Store store;
  private final Database raw;
  private final Database journal;
  private final SocketGuard guardSocket;
  private final Core office;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger calls = new AtomicInteger();
  private final Deque<ChildJvm> open = new ConcurrentLinkedDeque<>();
  private final WebClient management = WebClient.create(vertx);

  /// The token that the guard is told of.
  ///
  /// @param module the PKCS#11 library
  /// @param environment by which the library finds it
  /// @param tokens with the key of one epoch, one for receipts and one for seals
  /// @param check value of the epoch's book key, 64 hexadecimal digits
  record Verifier(Path module, Map<String, String> environment, TokenPair tokens, String check) {
    /// Makes the keys.
    static Verifier of(Path module, Map<String, String> environment, TokenPair tokens) {
      var check = HexFormat.of().formatHex(tokens.agree(SoftHsmServer.EPOCH));
      tokens.verifier().receipts().make(1);
      tokens.verifier().seals().make(1);
      return new Verifier(module, environment, tokens, check);
    }
  }

  /// How many seconds each waits.
  ///
  /// @param token the guard, for a call to its token
  /// @param guard the server, for the guard
  /// @param request the server, for all that a request needs
  record Deadlines(int token, int guard, int request) {
    /// Nothing ends by time while processes are killed and started again.
    static final Deadlines LONG = new Deadlines(60, 60, 60);
  }

  /// Makes all files and both databases, and starts a guard and a server.
  ///
  /// @param directory empty; its name is the guard's
  GuardedBank(Path directory, TestDatabase kind, Verifier verifier, Deadlines deadlines)
      throws Exception {
    this(directory, kind, 1, verifier, deadlines);
  }

  /// Makes all files and both databases, and starts so many guards, and a server of each.
  ///
  /// @param directory empty; its name is the first guard's
  GuardedBank(Path directory, TestDatabase kind, int number, Verifier verifier, Deadlines deadlines)
      throws Exception {
    this.directory = directory;
    environment = verifier.environment();
    var journalSettings = kind.fresh(Journal.TABLES);
    var storeSettings = kind.fresh(Store.TABLES);
    sites = new ArrayList<>();
    for (var made = 0; made < number; made++) {
      var place =
          made == 0
              ? directory
              : Files.createDirectory(directory.resolve(directory.getFileName() + "-" + made));
      sites.add(new Site(place, verifier, deadlines, journalSettings, storeSettings));
    }
    var issuer = verifier.tokens().issuer();
    var epoch = SoftHsmServer.EPOCH;
    cards = new CardFactory(answer -> PlainInput.tag(issuer, epoch, answer), epoch);
    store = Store.open(serverConfig().store());
    raw = Database.open(serverConfig().store(), Store.TABLES);
    journal = Database.open(guardConfig().journal(), Journal.TABLES);
    guardSocket =
        new SocketGuard(
            new SocketGuard.Settings(first().guardFiles.socket(), 2, LONG), System::nanoTime);
    office = core(store.clock(InstantSource.system()));
    start(Victim.BOTH, sites);
  }

  private Site first() {
    return sites.getFirst();
  }

  private static String seconds(int deadline) {
    return "deadline-seconds = %d\n".formatted(deadline);
  }

  private String database(String section, DatabaseSettings settings) throws IOException {
    var place =
        settings.url().startsWith("jdbc:sqlite:")
            ? "file = \"%s\"".formatted(settings.url().substring("jdbc:sqlite:".length()))
            : "url = \"%s\"\nuser = \"%s\"\npassword-file = \"%s\""
                .formatted(settings.url(), settings.user(), password());
    return "[%s]\n%s\npatience-seconds = 60\n".formatted(section, place);
  }

  private Path password() throws IOException {
    var file = Files.writeString(directory.resolve("database-password"), "postgres");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Core core(InstantSource time) {
    return Core.of(
        new Core.Parts(
            store,
            guardSocket,
            serverConfig().policy(),
            serverConfig().audience(),
            time,
            new SecureRandom(),
            _ -> {}));
  }

  private ChildJvm start(Class<?> program, String command, Path config) throws IOException {
    var started =
        ChildJvm.start(directory, environment, program, command, "--config", config.toString());
    open.push(started);
    return started;
  }

  /// Whom a kill meets.
  enum Victim {
    GUARD,
    SERVER,
    BOTH
  }

  /// How many guards there are, and as many servers.
  int sites() {
    return sites.size();
  }

  /// Kills by SIGKILL those of each of these sites at once, starts again what was killed, and waits until it is there.
  ///
  /// @param numbers of sites, from 0
  void kill(Victim victim, List<Integer> numbers) throws IOException, InterruptedException {
    var these = numbers.stream().map(sites::get).toList();
    var killed = new ArrayList<ChildJvm>();
    for (var site : these) {
      if (victim != Victim.GUARD) {
        killed.add(site.server());
      }
      if (victim != Victim.SERVER) {
        killed.add(site.guard());
      }
    }
    killed.forEach(ChildJvm::strike);
    for (var one : killed) {
      one.kill();
    }
    start(victim, these);
  }

  private void start(Victim victim, List<Site> these) throws IOException {
    for (var site : these) {
      if (victim != Victim.SERVER) {
        site.startGuard();
      }
      if (victim != Victim.GUARD) {
        site.startServer();
      }
    }
    for (var site : these) {
      if (victim != Victim.GUARD) {
        site.awaitServer();
      }
      if (victim != Victim.SERVER) {
        site.awaitGuard();
      }
    }
  }

  /// Starts the guard again each time when it ends because its token is silent, as its supervisor would.
  ///
  /// @param again run each time
  /// @throws AssertionError if it ended in another way, but in order
  int supervise(Runnable again) throws IOException, InterruptedException {
    while (true) {
      var code = first().guard().ended();
      if (code != ExitCode.HUNG) {
        assertThat(code).as(first().guard()::said).isEqualTo(ExitCode.DONE);
        return code;
      }
      first().startGuard();
      again.run();
    }
  }

  /// What the server says of itself and its parts.
  JsonObject readiness() {
    var page = management.get(first().managementPort, "127.0.0.1", "/health/ready").send().await();
    return Objects.requireNonNull(page.bodyAsJsonObject());
  }

  /// The bank's front end, which calls one server after the other; its calls are made once.
  KarutaClient frontEnd() {
    return sites.get(Math.floorMod(calls.getAndIncrement(), sites.size())).client();
  }

  /// What the guard's configuration says.
  GuardConfig guardConfig() {
    return first().guardConfig;
  }

  /// What the server's configuration says.
  ServerConfig serverConfig() {
    return first().serverConfig;
  }

  /// A customer with a card that is on its way, with a book of twelve draws.
  PrintedCard withMailedCard(Subject customer) {
    var first = new Generation(1);
    var registry = office.cards();
    // no call to the token while the store is held
    var printed = cards.card(customer, first, Profile.NIST_800_63B);
    register(customer);
    registry.order(Bank.OFFICE, customer, Profile.NIST_800_63B);
    var at = store.clock(InstantSource.system()).instant();
    assertThat(cards.issue(store, customer, first, at)).isTrue();
    registry.mail(Bank.OFFICE, customer, first, "RR123456785JP", Optional.empty());
    return printed;
  }

  /// A customer without a card.
  void register(Subject customer) {
    office.cards().register(Bank.OFFICE, customer, Method.CONFIRMATION_PASSWORD);
  }

  /// The back office gives a suspended card back.
  void unlock(Subject customer) {
    office.cards().unlock(Bank.OFFICE, customer, new Generation(1), "the customer has called");
  }

  /// What a commit adds to, and somebody waits to be told of.
  enum Commit {
    /// A guard's judgement.
    JUDGEMENT,
    /// A verdict in the store.
    VERDICT
  }

  /// How many of these are on disk.
  int onDisk(Commit commit) {
    return switch (commit) {
      case JUDGEMENT -> count(journal, "SELECT count(*) AS n FROM judgements");
      case VERDICT -> count(raw, "SELECT count(*) AS n FROM verdicts");
    };
  }

  private static int count(Database database, String query) {
    return database.reading(sql -> sql.row(row -> row.getInt("n"), query).orElseThrow());
  }

  /// Whether one card at least was guessed at up to either cap of the guard.
  boolean hasCardsAtBothCaps() {
    return journal.reading(
        sql ->
            sql.row(
                    row -> row.getBoolean("both"),
                    """
                    SELECT EXISTS (SELECT 1 FROM cards WHERE failures = ?)
                       AND EXISTS (SELECT 1 FROM cards WHERE failures_in_life = ?) AS both
                    """,
                    guardConfig().caps().sincePass(),
                    guardConfig().caps().inLife())
                .orElseThrow());
  }

  /// Ends the servers in order. A guard, which still runs, is asked about every question that was left; then both have
  /// the same, the audit is sealed, and the guards end in order too.
  ///
  /// @return all that the store and the journal hold
  Records comeToRest() throws IOException, InterruptedException, ParseException {
    end(sites.stream().map(Site::server).toList());
    var later = InstantSource.offset(store.clock(InstantSource.system()), LATER);
    var last = core(later);
    while (last.challenges().sweep(AT_ONCE) + last.challenges().close(AT_ONCE) > 0) {
      // until nothing is left
    }
    while (last.seals().sealNext().isPresent()) {
      // until nothing is left
    }
    var keys = JWKSet.parse(guardSocket.look(List.of()).sealKeys());
    var seals = new SealCheck(store, keys, later.instant()).run(List.of());
    assertThat(seals.broken()).isEmpty();
    assertThat(seals.rows()).isPositive();
    end(sites.stream().map(Site::guard).toList());
    verifyJournal();
    return Records.read(raw, journal, Records.Order.BY_TIME);
  }

  /// Holds what customers were told against the store and the journal that have come to rest.
  void requireKept(Told told, Records now) {
    new JournalCheck(guardConfig().caps(), 0, told).check(now);
    var check = new StoreCheck(serverConfig().policy(), now);
    check.alone();
    check.againstTheJournal();
    now.cards().forEach(check::atRest);
    var heard = new ToldCheck(told, now);
    heard.isInTheStore();
    heard.isInTheJournal();
  }

  private static void end(List<ChildJvm> all) throws InterruptedException {
    all.forEach(ChildJvm::end);
    for (var one : all) {
      assertThat(one.ended()).as(one::said).isZero();
    }
  }

  private void verifyJournal() throws IOException, InterruptedException {
    try (var verify =
        ChildJvm.start(
            directory,
            environment,
            karuta.guard.Main.class,
            "guard",
            "verify",
            "--config",
            first().guardFiles.config().toString())) {
      assertThat(verify.ended()).as(verify::said).isZero();
    }
  }

  /// A guard and the server that asks it: their files and their processes.
  private final class Site {
    private final GuardInstallation guardFiles;
    private final Installation serverFiles;
    private final GuardConfig guardConfig;
    private final ServerConfig serverConfig;
    private final AtomicReference<KarutaClient> client = new AtomicReference<>();
    private volatile @Nullable ChildJvm guard;
    private volatile @Nullable ChildJvm server;
    private volatile int managementPort;

    /// @param directory empty; its name is the guard's
    Site(
        Path directory,
        Verifier verifier,
        Deadlines deadlines,
        DatabaseSettings journalSettings,
        DatabaseSettings storeSettings)
        throws Exception {
      var token = verifier.tokens().verifier().token().name();
      var check = verifier.check();
      var bytes = HexFormat.of().parseHex(check);
      guardFiles =
          GuardInstallation.make(directory, verifier.module(), token, Bench.USER_PIN, bytes);
      guardFiles.change("[[epoch]]", seconds(deadlines.token()) + "[[epoch]]");
      guardFiles.change("[receipts]", CAPS + database("journal", journalSettings) + "[receipts]");
      guardConfig = GuardConfigReader.read(guardFiles.config());
      serverFiles =
          Installation.make(
              Files.createDirectory(directory.resolve("server")),
              token.serial(),
              check,
              new TestIssuer().trust().issuer());
      serverFiles.change(
          "\"guard.sock\"", "\"" + guardFiles.socket() + "\"\n" + seconds(deadlines.guard()));
      serverFiles.change("[management]", seconds(deadlines.request()) + "[management]");
      serverFiles.change("[receipts]", POLICY + database("store", storeSettings) + "[receipts]");
      withoutTls();
      serverConfig = ServerConfigReader.read(serverFiles.config());
    }

    /// It takes longer to begin with than all that is looked at here.
    private void withoutTls() throws IOException {
      serverFiles.change(
          """
          certificate = "server.pem"
          private-key = "server-key.pem"
          client-ca = "ca.pem"
          dedicated-client-ca = true
          """,
          "");
      serverFiles.change("[bundles]", "[development]\nplaintext-client = \"front-end\"\n[bundles]");
    }

    void startGuard() throws IOException {
      guard = start(karuta.guard.Main.class, "guard", guardFiles.config());
    }

    void startServer() throws IOException {
      server = start(Main.class, "serve", serverFiles.config());
    }

    ChildJvm guard() {
      return Objects.requireNonNull(guard);
    }

    ChildJvm server() {
      return Objects.requireNonNull(server);
    }

    KarutaClient client() {
      return client.get();
    }

    void awaitGuard() throws IOException {
      assertThat(guard().line())
          .isEqualTo("guarding %s as %s", guardFiles.socket(), guardFiles.name());
    }

    void awaitServer() throws IOException {
      var ports = SERVING.matcher(server().line());
      assertThat(ports.matches()).as(server()::said).isTrue();
      var api = Endpoint.of(URI.create(ports.group(1)), Optional.empty());
      client.set(KarutaClient.rest(vertx, api, Retry.NEVER));
      managementPort = Integer.parseInt(ports.group(2));
    }
  }

  @Override
  public void close() {
    open.forEach(ChildJvm::close);
    management.close();
    vertx.close().await();
    guardSocket.close();
    journal.close();
    raw.close();
    store.close();
  }
}
