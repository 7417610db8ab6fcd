package karuta.benchmarks.floor;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import karuta.benchmarks.load.Cards;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;

/// A question and a right answer's reply as the challenge server gave them once, for a server that gives nothing else:
/// the same bytes go over the wire, and the caller has the same to read.
public record Canned(Challenge question, AnswerChallengeResponse answer) implements Cards {
  static final String QUESTION_JSON = "question.json";
  static final String ANSWER_JSON = "answer.json";
  static final String QUESTION_PROTO = "question.pb";
  static final String ANSWER_PROTO = "answer.pb";

  private static final int RIGHT = 0;

  /// Writes the bytes that a [BareServer] reads.
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(QUESTION_JSON), json(question));
    Files.writeString(directory.resolve(ANSWER_JSON), json(answer));
    Files.write(directory.resolve(QUESTION_PROTO), question.toByteArray());
    Files.write(directory.resolve(ANSWER_PROTO), answer.toByteArray());
  }

  private static String json(Message message) throws InvalidProtocolBufferException {
    return JsonFormat.printer()
        .alwaysPrintFieldsWithNoPresence()
        .omittingInsignificantWhitespace()
        .print(message);
  }

  /// Everybody is asked about one card.
  @Override
  public int take(RandomGenerator random) {
    return 0;
  }

  @Override
  public void giveBack(int card) {
    // it was nobody's
  }

  @Override
  public String subject(int card) {
    return question.getSubject();
  }

  /// As long a look at the pictures as a card takes.
  @Override
  public int choice(int card, AskedCell cell) {
    return (int)
        (RIGHT
            + cell.getChoicesList().stream()
                .filter(choice -> choice.getPictureUrl().contains("there is none"))
                .count());
  }
}
