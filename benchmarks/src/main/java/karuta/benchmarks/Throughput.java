package karuta.benchmarks;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import karuta.benchmarks.floor.BareServer;
import karuta.benchmarks.floor.Canned;
import karuta.benchmarks.floor.DatabaseLoop;
import karuta.benchmarks.floor.TokenLoop;
import karuta.benchmarks.load.Authentication;
import karuta.benchmarks.load.ClosedLoop;
import karuta.benchmarks.load.DeckCards;
import karuta.benchmarks.load.ProcessorTime;
import karuta.benchmarks.load.Protocol;
import karuta.benchmarks.report.Report;
import karuta.benchmarks.stack.MeasuredStack;
import karuta.benchmarks.stack.StoreKind;
import karuta.client.Endpoint;
import karuta.client.Identity;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.demo.process.Child;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.Challenge;
import karuta.v1.QuestionAnswer;

/// Authentications a second over each protocol, and beside it, in each round, what a bare server, the least statements
/// and the bare token calls come to.
final class Throughput {
  private static final int CHOICES = 64;
  private static final double MILLIS = 1_000;

  private final StoreKind kind;
  private final MeasuredStack stack;
  private final Setting setting;
  private final Report report;
  private final Progress progress;

  Throughput(
      StoreKind kind, MeasuredStack stack, Setting setting, Report report, Progress progress) {
    this.kind = kind;
    this.stack = stack;
    this.setting = setting;
    this.report = report;
    this.progress = progress;
  }

  void measure(Vertx vertx) throws IOException, SQLException {
    var canned = canned(vertx);
    canned.write(stack.home().path("canned"));
    try (var bare =
        OwnProgram.start(
            BareServer.class,
            stack.home(),
            stack.home().pki().toString(),
            stack.home().path("canned").toString())) {
      var floor =
          Endpoint.of(
              URI.create("https://localhost:" + bare.line("serving ").strip()),
              Identity.in(stack.home().pki(), "front-end"));
      for (var protocol : setting.protocols()) {
        progress.say("warming up " + protocol.label());
        loop(protocol).run(vertx, setting.warmUp());
        bare(protocol, floor, canned).run(vertx, setting.warmUp().dividedBy(2));
      }
      for (var round = 1; round <= setting.rounds(); round++) {
        progress.say("round %d of %d".formatted(round, setting.rounds()));
        round(vertx, floor, canned);
      }
    }
    tokens();
    ratios();
  }

  /// A question and the reply to its right answer.
  private Canned canned(Vertx vertx) {
    var cards = new DeckCards(stack.deck());
    try (var client = KarutaClient.grpc(vertx, stack.frontEnd(), karuta.client.Retry.NEVER)) {
      var card = cards.take(new SplittableRandom());
      var question =
          client.call(Method.CREATE_CHALLENGE, Authentication.question(cards.subject(card)));
      var answer = client.call(Method.ANSWER_CHALLENGE, right(cards, card, question));
      cards.giveBack(card);
      return new Canned(question, answer);
    }
  }

  private static AnswerChallengeRequest right(DeckCards cards, int card, Challenge question) {
    var request =
        AnswerChallengeRequest.newBuilder()
            .setChallengeId(question.getChallengeId())
            .setIdempotencyKey(UUID.randomUUID().toString());
    for (var asked : question.getQuestionsList()) {
      var answer = QuestionAnswer.newBuilder();
      asked.getCellsList().forEach(cell -> answer.addChoices(cards.choice(card, cell) % CHOICES));
      request.addAnswers(answer);
    }
    return request.build();
  }

  private ClosedLoop loop(Protocol protocol) {
    return new ClosedLoop(
        protocol,
        stack.frontEnd(),
        new DeckCards(stack.deck()),
        setting.callers(),
        setting.wrong());
  }

  /// The bare server says of every answer that it is right.
  private ClosedLoop bare(Protocol protocol, Endpoint endpoint, Canned canned) {
    return new ClosedLoop(protocol, endpoint, canned, setting.callers(), 0);
  }

  private void round(Vertx vertx, Endpoint floor, Canned canned) throws SQLException {
    for (var protocol : setting.protocols()) {
      var before = ProcessorTime.of(stack.running());
      var result = loop(protocol).run(vertx, setting.time());
      var used = ProcessorTime.of(stack.running()).since(before, result.latencies().count());
      report.add(name(protocol, "rate"), "1/s", result.rate());
      used.forEach(
          (part, millis) -> report.add(name(protocol, "processor, " + part), "ms", millis));
      report.add(
          name(protocol, "question, median"),
          "ms",
          result.latencies().questions().getValueAtPercentile(50) / MILLIS);
      report.add(
          name(protocol, "answer, median"),
          "ms",
          result.latencies().answers().getValueAtPercentile(50) / MILLIS);
      report.add(
          name(protocol, "answer, 99 %"),
          "ms",
          result.latencies().answers().getValueAtPercentile(99) / MILLIS);
      report.add(
          name(protocol, "bare server, pairs"),
          "1/s",
          bare(protocol, floor, canned).run(vertx, setting.time()).rate());
    }
    for (var threads : threads()) {
      report.add(
          kind.label() + " / least statements, " + threads + " threads",
          "1/s",
          DatabaseLoop.run(stack, threads, setting.time()).rate());
    }
  }

  /// SQLite has one writer.
  private List<Integer> threads() {
    return kind == StoreKind.SQLITE ? List.of(1) : List.of(8, 16);
  }

  private void tokens() {
    progress.say("token calls");
    try (Child loop =
        OwnProgram.start(
            TokenLoop.class,
            stack.home(),
            stack.home().directory().toString(),
            String.valueOf(Math.max(1, setting.time().toSeconds() / 3)))) {
      for (var line = loop.line(""); !line.equals("done"); line = loop.line("")) {
        var words = line.split("\t", -1);
        report.add(
            "token / %s, %s threads".formatted(words[1], words[2]),
            "1/s",
            Double.parseDouble(words[3]));
      }
    }
  }

  /// What a quantity is called in reports.
  static String name(StoreKind kind, Protocol protocol, String what) {
    return "%s / %s / %s".formatted(kind.label(), protocol.label(), what);
  }

  private String name(Protocol protocol, String what) {
    return name(kind, protocol, what);
  }

  /// The composite floor of one authentication: the times of its parts, one after the other.
  private void ratios() {
    var database =
        threads().stream()
            .mapToDouble(
                threads -> median(kind.label() + " / least statements, " + threads + " threads"))
            .max()
            .orElseThrow();
    var token =
        TokenLoop.THREADS.stream()
            .mapToDouble(threads -> median("token / verify and sign, " + threads + " threads"))
            .max()
            .orElseThrow();
    for (var protocol : setting.protocols()) {
      var pairs = median(name(protocol, "bare server, pairs"));
      var floor = 1 / (1 / pairs + 1 / database + 1 / token);
      report.add(name(protocol, "composite floor"), "1/s", floor);
      report.add(name(protocol, "rate / floor"), "", median(name(protocol, "rate")) / floor);
    }
  }

  private double median(String name) {
    return report.figure(name).orElseThrow().median();
  }
}
