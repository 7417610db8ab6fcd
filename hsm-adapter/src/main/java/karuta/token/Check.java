package karuta.token;

/// One line of the self-test.
///
/// @param name what was tried, as a claim such as `a wrong MAC is CKR_SIGNATURE_INVALID`
/// @param passed whether the claim holds
/// @param detail what the token did, by function and code
public record Check(String name, boolean passed, String detail) {
  @Override
  public String toString() {
    return name + ": " + (passed ? "yes" : "no, " + detail);
  }
}
