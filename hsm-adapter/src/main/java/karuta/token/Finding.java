package karuta.token;

/// One thing on a token that is not what the policy says.
///
/// @param key the key's label, or what stands in its place
/// @param attribute such as `CKA_SIGN`, or `presence` for a key that is missing or should not be there
/// @param expected what the policy says
/// @param found what the token says
public record Finding(String key, String attribute, String expected, String found) {
  @Override
  public String toString() {
    return key + ": " + attribute + " should be " + expected + " but is " + found;
  }
}
