package karuta.provisioning.print;

/// One file inside a print job, as the manifest lists it.
///
/// @param name its name, without folders
/// @param bytes its length
/// @param sha256 its SHA-256, 64 hexadecimal digits
public record JobFile(String name, long bytes, String sha256) {
  /// The records of the cards of one PDF.
  static String records(int number) {
    return "records-%05d.jsonl".formatted(number);
  }

  /// One PDF of cards.
  static String cards(int number) {
    return "cards-%05d.pdf".formatted(number);
  }
}
