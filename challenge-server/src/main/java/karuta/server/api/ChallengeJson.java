package karuta.server.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;
import karuta.v1.Choice;

/// Prints a challenge as [JsonMessages] prints every message, to the byte, without looking 64 times a cell up which
/// fields a choice has: nine tenths of a question are the addresses and names of its pictures, which are 512 for
/// everybody. Each is printed once and kept.
final class ChallengeJson {
  private static final String NO_QUESTIONS = "\"questions\":[]";
  private static final String NO_CHOICES = "\"choices\":[]";
  private static final String BEFORE_THE_NUMBER = "{\"choice\":";

  /// A choice without its number, by its picture's address; no more than there are pictures.
  private static final Map<String, String> KEPT = new ConcurrentHashMap<>();

  private ChallengeJson() {}

  /// As JSON.
  static String print(Challenge challenge) {
    var rest = JsonMessages.printed(challenge.toBuilder().clearQuestions().build());
    // within a printed text every quotation mark is escaped, so this is the field and nothing else
    var at = rest.indexOf(NO_QUESTIONS) + NO_QUESTIONS.length() - 1;
    var json = new StringBuilder(rest.length() + 10_000 * challenge.getQuestionsCount() * 2);
    json.append(rest, 0, at);
    for (var i = 0; i < challenge.getQuestionsCount(); i++) {
      json.append(i == 0 ? "{\"cells\":[" : ",{\"cells\":[");
      cells(challenge.getQuestions(i).getCellsList(), json);
      json.append("]}");
    }
    return json.append(rest, at, rest.length()).toString();
  }

  private static void cells(Iterable<AskedCell> cells, StringBuilder json) {
    var separator = "";
    for (var cell : cells) {
      json.append(separator);
      cell(cell, json);
      separator = ",";
    }
  }

  private static void cell(AskedCell cell, StringBuilder json) {
    var rest = JsonMessages.printed(cell.toBuilder().clearChoices().build());
    var at = rest.indexOf(NO_CHOICES) + NO_CHOICES.length() - 1;
    json.append(rest, 0, at);
    for (var i = 0; i < cell.getChoicesCount(); i++) {
      var choice = cell.getChoices(i);
      json.append(i == 0 ? "" : ",").append(BEFORE_THE_NUMBER).append(choice.getChoice());
      json.append(KEPT.computeIfAbsent(choice.getPictureUrl(), _ -> withoutNumber(choice)));
    }
    json.append(rest, at, rest.length());
  }

  private static String withoutNumber(Choice choice) {
    var first = BEFORE_THE_NUMBER + "0";
    return JsonMessages.printed(choice.toBuilder().setChoice(0).build()).substring(first.length());
  }
}
