package karuta.server.api;

import java.util.Optional;
import java.util.function.Function;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.server.card.Page;

/// Fields of requests as values of the domain. What is not accepted is refused by the field's name; the value types'
/// own texts may repeat the input, so they go no further.
final class Fields {
  private static final int PAGE_SIZE = 100;

  private Fields() {}

  static <T> T read(String field, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException _) {
      throw new CallRefused(Code.INVALID_FIELD, field);
    }
  }

  static Subject subject(String value) {
    return read("subject", value, Subject::new);
  }

  static Generation generation(int value) {
    try {
      return new Generation(value);
    } catch (IllegalArgumentException _) {
      throw new CallRefused(Code.INVALID_FIELD, "generation");
    }
  }

  /// Nothing, for 0.
  static Optional<Generation> optionalGeneration(int value) {
    return value == 0 ? Optional.empty() : Optional.of(generation(value));
  }

  /// The standard profile, if none is named.
  static Profile profile(String value) {
    return value.isEmpty() ? Profile.STANDARD : read("profile", value, Profile::parse);
  }

  static int pageSize(int value) {
    if (value < 0 || value > Page.LIMIT) {
      throw new CallRefused(Code.INVALID_FIELD, "page_size");
    }
    return value == 0 ? PAGE_SIZE : value;
  }
}
