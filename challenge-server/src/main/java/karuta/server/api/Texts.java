package karuta.server.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/// Keeps out of the domain what no text of the contract can need: control characters (they forge log lines and break
/// databases) and halves of surrogate pairs (they are no characters at all).
final class Texts {
  private Texts() {}

  /// Looks at every text of a message, however deep.
  ///
  /// @throws CallRefused naming the field
  static void check(Message message) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isRepeated()) {
                ((Iterable<?>) value).forEach(each -> check(field, each));
              } else {
                check(field, value);
              }
            });
  }

  private static void check(FieldDescriptor field, Object value) {
    switch (value) {
      case Message nested -> check(nested);
      case String text when !isClean(text) ->
          throw new CallRefused(Code.INVALID_FIELD, field.getName());
      default -> {}
    }
  }

  private static boolean isClean(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
  }
}
