package karuta.guard.client;

/// What an audit seal states.
///
/// @param number of the seal, from 1
/// @param previous base64url of SHA-256 over the seal before; empty for the first
/// @param lastId id of the last row under it
/// @param rows how many there are, from 1
/// @param digest base64url of SHA-256 over them
public record SealFields(long number, String previous, String lastId, int rows, String digest) {
  private static final java.util.regex.Pattern ID =
      java.util.regex.Pattern.compile("[A-Za-z0-9_-]{1,32}");

  public SealFields {
    if (number < 1
        || rows < 1
        || (number == 1 ? !previous.isEmpty() : !Head.isHash(previous))
        || !ID.matcher(lastId).matches()
        || !Head.isHash(digest)) {
      throw new IllegalArgumentException("not what a seal may state");
    }
  }
}
