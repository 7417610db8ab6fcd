package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.v1.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every code of the server's closed lists has words in both languages.
class CodesTest {
  private final Texts texts = new Texts();
  private final Codes codes = new Codes(texts);

  @ParameterizedTest
  @ValueSource(strings = {"ja", "en"})
  void everyCodeOfTheDocumentationHasWords(String language) {
    assertThat(Screen.codes()).hasSize(34).allMatch(code -> texts.has(language, "code." + code));
    assertThat(Screen.events()).hasSize(21).allMatch(name -> texts.has(language, "event." + name));
    for (var outcome : Outcome.values()) {
      if (outcome != Outcome.UNRECOGNIZED && outcome != Outcome.OUTCOME_UNSPECIFIED) {
        assertThat(texts.has(language, "outcome." + outcome)).as(outcome.name()).isTrue();
      }
    }
  }

  @Test
  void aCodeThatIsNewerThanTheBankIsSomethingElse() {
    assertThat(codes.of("en", "code", "not_thought_of_yet")).isEqualTo("another reason");
    assertThat(codes.of("ja", "event", "card-eaten")).isEqualTo("その他のできごと");
  }

  @ParameterizedTest
  @CsvSource({
    "batch 2026-11-22-1, made in batch 2026-11-22-1, 作成番号 2026-11-22-1",
    "batch demo, made in batch demo, 作成番号 demo",
    "replaced by card 2, replaced by card 2, 2枚目のカードに交換",
    "5 wrong answers in a row, 5 wrong answers in a row, 続けて5回の誤り",
    "40 wrong answers in the card's life, 40 wrong answers in the card’s life, 通算40回の誤り",
    "10 questions were opened and not answered, 10 questions left unanswered, 答えなかった質問が10回",
    "few questions left, few questions left, 残りの質問がわずか",
    "the card is RETIRED, the card is retired, カードの状態: 無効",
    "METHOD_NONE to ONE_TIME_PASSWORD, from nothing yet (your image authentication card is on its way)"
        + " to one-time password, なし（画像認証カードをお届けします）からワンタイムパスワードへ",
    "copied or photographed, 'photographed, copied or seen', 写真を撮られた・写された・見られた",
    "a clerk's own words, a clerk's own words, a clerk's own words",
    "'', '', ''"
  })
  void detailsAreInTheReadersLanguage(String detail, String en, String ja) {
    assertThat(codes.detail("en", detail)).isEqualTo(en);
    assertThat(codes.detail("ja", detail)).isEqualTo(ja);
  }

  @Test
  void whoActedIsCalledByName() {
    assertThat(codes.actor("ja", "back-office")).isEqualTo("事務センター");
    assertThat(codes.actor("ja", "branch-17")).isEqualTo("branch-17");
  }
}
