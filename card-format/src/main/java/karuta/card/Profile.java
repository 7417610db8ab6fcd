package karuta.card;

import java.util.Arrays;
import java.util.Locale;

/// How many cells a draw asks and how many rounds a book has.
public enum Profile {
  /// Two cells, four rounds: 100 draws, a guess is right once in 4,096.
  STANDARD("standard", 2, 4),
  /// Four cells, one round: 12 draws, no cell used twice, 24 bits per answer (NIST SP 800-63B, look-up secrets).
  NIST_800_63B("nist-800-63b", 4, 1);

  private final String label;
  private final int cellsPerDraw;
  private final int rounds;

  Profile(String label, int cellsPerDraw, int rounds) {
    this.label = label;
    this.cellsPerDraw = cellsPerDraw;
    this.rounds = rounds;
  }

  /// Reads the name used in files and on the command line.
  ///
  /// @throws IllegalArgumentException naming the known profiles
  public static Profile parse(String label) {
    for (var profile : values()) {
      if (profile.label.equals(label.toLowerCase(Locale.ROOT))) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "no profile '"
            + label
            + "'; known: "
            + String.join(", ", Arrays.stream(values()).map(Profile::label).toList()));
  }

  /// The name used in files and on the command line.
  public String label() {
    return label;
  }

  /// k: cells asked by one draw.
  public int cellsPerDraw() {
    return cellsPerDraw;
  }

  /// Rounds in a book; within a round no cell is asked twice.
  public int rounds() {
    return rounds;
  }

  /// Draws in one round: floor(50 / k).
  public int drawsPerRound() {
    return Cell.COUNT / cellsPerDraw;
  }

  /// Draws in a book.
  public int draws() {
    return rounds * drawsPerRound();
  }
}
