package karuta.card;

/// The number of one of the 512 pictures of a catalogue, 0..511. Numbers are frozen: layouts depend on them.
public record PictureId(int value) implements Comparable<PictureId> {
  /// How many pictures a catalogue has.
  public static final int COUNT = 512;

  public PictureId {
    if (value < 0 || value >= COUNT) {
      throw new IllegalArgumentException("picture id must be 0..511, not " + value);
    }
  }

  @Override
  public int compareTo(PictureId other) {
    return Integer.compare(value, other.value);
  }
}
