package karuta.card;

/// A card's number: ten random digits and a check digit by Damm's method, which finds every single wrong digit and
/// every swap of neighbours (H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004).
public record Serial(String digits) implements Comparable<Serial> {
  /// Digits without the check digit.
  public static final int RANDOM_DIGITS = 10;

  private static final int[][] QUASIGROUP = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0}
  };

  public Serial {
    if (!digits.matches("[0-9]{11}")) {
      throw new IllegalArgumentException("a card number has 11 digits");
    }
    if (damm(digits) != 0) {
      throw new IllegalArgumentException("the check digit of the card number is wrong");
    }
  }

  /// Adds the check digit to ten digits.
  public static Serial ofRandomDigits(String ten) {
    if (!ten.matches("[0-9]{10}")) {
      throw new IllegalArgumentException("ten digits are needed before the check digit");
    }
    return new Serial(ten + damm(ten));
  }

  /// Reads a number as people write it, with spaces or hyphens between groups.
  public static Serial parse(String text) {
    return new Serial(text.replaceAll("[ -]", ""));
  }

  /// In groups for the eye: `0123 4567 895`.
  public String grouped() {
    return digits.substring(0, 4) + " " + digits.substring(4, 8) + " " + digits.substring(8);
  }

  @Override
  public int compareTo(Serial other) {
    return digits.compareTo(other.digits);
  }

  @Override
  public String toString() {
    return digits;
  }

  private static int damm(String digits) {
    var state = 0;
    for (var i = 0; i < digits.length(); i++) {
      state = QUASIGROUP[state][digits.charAt(i) - '0'];
    }
    return state;
  }
}
