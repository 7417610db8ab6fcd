package karuta.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One of a kind is told in the singular, every other number in the plural.
class CountedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {"0:0 cards", "1:1 card", "2:2 cards", "12345:12,345 cards"})
  void aNumberIsToldAsPeopleSayIt(long count, String told) {
    assertThat(Counted.of(count, "card")).isEqualTo(told);
  }
}
