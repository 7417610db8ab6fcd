package karuta.card;

/// Which card of a subject this is: 1 for the first, one more for each replacement, up to 65,535.
public record Generation(int value) implements Comparable<Generation> {
  public Generation {
    if (value < 1 || value > 0xffff) {
      throw new IllegalArgumentException("a generation is 1..65535, not " + value);
    }
  }

  @Override
  public int compareTo(Generation other) {
    return Integer.compare(value, other.value);
  }
}
