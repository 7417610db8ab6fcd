package karuta.token;

import java.nio.charset.StandardCharsets;

/// A token's identity: its label and its serial number, as `CK_TOKEN_INFO` gives them without padding (PKCS#11 v2.40,
/// section 3.2). Slot numbers are not an identity; they change when a module is initialised again.
///
/// @param label at most 32 bytes of UTF-8
/// @param serial at most 16 bytes of UTF-8
public record TokenName(String label, String serial) {
  public TokenName {
    fits("label", label, 32);
    fits("serial", serial, 16);
  }

  private static void fits(String what, String text, int bytes) {
    if (text.isBlank() || text.getBytes(StandardCharsets.UTF_8).length > bytes) {
      throw new IllegalArgumentException("a token's " + what + " has 1 to " + bytes + " bytes");
    }
  }

  @Override
  public String toString() {
    return label + " (serial " + serial + ")";
  }
}
