package karuta.provisioning.ceremony;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// The text of a ceremony file: a JSON object with one field a line, so that a person who opens it can read it. Values
/// are names, digests and base64, none of which JSON escapes; anything else is refused.
final class Text {
  private final StringBuilder json = new StringBuilder("{");

  Text field(String name, String value) {
    return raw(name, quoted(value));
  }

  Text field(String name, byte[] value) {
    return raw(name, quoted(Base64.getEncoder().encodeToString(value)));
  }

  Text field(String name, List<String> values) {
    return raw(name, "[" + String.join(", ", values.stream().map(Text::quoted).toList()) + "]");
  }

  byte[] toBytes() {
    return (json + "\n}\n").getBytes(StandardCharsets.UTF_8);
  }

  private Text raw(String name, String value) {
    json.append(json.length() == 1 ? "\n" : ",\n").append("  ").append(quoted(name));
    json.append(": ").append(value);
    return this;
  }

  private static String quoted(String value) {
    if (!value.matches("[ -~&&[^\"\\\\]]*")) {
      throw new IllegalArgumentException("not a value a ceremony file can hold");
    }
    return '"' + value + '"';
  }
}
