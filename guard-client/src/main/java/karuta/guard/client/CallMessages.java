package karuta.guard.client;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.guard.v1.Call;
import karuta.guard.v1.Draw;
import karuta.guard.v1.Judge;
import karuta.guard.v1.Look;
import karuta.guard.v1.Seal;
import karuta.guard.v1.Statement;
import karuta.secret.SecretBytes;

/// Calls as messages and back. What is read keeps every rule of the records, or is refused with an
/// [IllegalArgumentException].
final class CallMessages {
  private CallMessages() {}

  static Call of(Question question) {
    var judge =
        Judge.newBuilder()
            .setChallenge(question.challenge().value())
            .setSubject(question.subject().value())
            .setSerial(question.card().serial().digits())
            .setGeneration(question.card().generation().value())
            .setEpoch(question.epoch().value())
            .setStatement(
                Statement.newBuilder()
                    .setPurpose(question.statement().purpose())
                    .setTransactionDigest(question.statement().transactionDigest())
                    .setAudience(question.statement().audience()))
            .setShown(HeadMessages.of(question.shown()));
    for (var asked : question.asked()) {
      judge.addDraws(
          Draw.newBuilder()
              .setNumber(asked.number())
              .addAllCells(asked.draw().cells().stream().map(Cell::index).toList())
              .setTag(ByteString.copyFrom(asked.draw().tag())));
    }
    return Call.newBuilder().setJudge(judge).build();
  }

  /// The pictures of a question, outside the heap. The caller closes it.
  static SecretBytes answer(Question question) {
    var pictures = question.asked().stream().mapToInt(asked -> asked.pictures().size()).sum();
    var answer = SecretBytes.ofCapacity(Short.BYTES * pictures);
    try {
      question.asked().forEach(asked -> PickedPictures.write(asked.pictures(), answer));
      return answer;
    } catch (RuntimeException failed) {
      answer.close();
      throw failed;
    }
  }

  /// A question whose pictures are read from `answer`, and so end with it.
  static Question read(Judge judge, SecretBytes answer) {
    var asked = new ArrayList<Question.Asked>();
    var pictures = 0;
    var cells = judge.getDrawsList().stream().mapToInt(Draw::getCellsCount).sum();
    if (answer.length() != Short.BYTES * cells) {
      throw new IllegalArgumentException("an answer has one picture for each cell");
    }
    for (var draw : judge.getDrawsList()) {
      asked.add(
          new Question.Asked(
              new DrawRecord(
                  draw.getNumber(),
                  draw.getCellsList().stream().map(Cell::new).toList(),
                  draw.getTag().toByteArray()),
              new PickedPictures(answer, pictures, draw.getCellsCount())));
      pictures += draw.getCellsCount();
    }
    var statement = judge.getStatement();
    return new Question(
        new ChallengeId(judge.getChallenge()),
        new Subject(judge.getSubject()),
        new CardId(new Serial(judge.getSerial()), new Generation(judge.getGeneration())),
        new EpochId(judge.getEpoch()),
        asked,
        new Question.Statement(
            statement.getPurpose(), statement.getTransactionDigest(), statement.getAudience()),
        HeadMessages.read(judge.getShown()));
  }

  static Call of(Recall recall) {
    return Call.newBuilder()
        .setRecall(
            karuta.guard.v1.Recall.newBuilder()
                .setChallenge(recall.challenge().value())
                .setSubject(recall.subject().value())
                .setGeneration(recall.generation().value())
                .setShown(HeadMessages.of(recall.shown())))
        .build();
  }

  static Recall read(karuta.guard.v1.Recall message) {
    return new Recall(
        new ChallengeId(message.getChallenge()),
        new Subject(message.getSubject()),
        new Generation(message.getGeneration()),
        HeadMessages.read(message.getShown()));
  }

  static Call of(SealFields fields) {
    return Call.newBuilder()
        .setSeal(
            Seal.newBuilder()
                .setNumber(fields.number())
                .setPrevious(fields.previous())
                .setLastId(fields.lastId())
                .setRows(fields.rows())
                .setDigest(fields.digest()))
        .build();
  }

  static SealFields read(Seal message) {
    return new SealFields(
        message.getNumber(),
        message.getPrevious(),
        message.getLastId(),
        message.getRows(),
        message.getDigest());
  }

  static Call of(List<ChainHead> known) {
    return Call.newBuilder().setLook(Look.newBuilder().addAllKnown(HeadMessages.of(known))).build();
  }
}
