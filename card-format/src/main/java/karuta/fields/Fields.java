package karuta.fields;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object, each of which is taken exactly once; [#end] refuses what was not asked for.
///
/// Only what Karuta's files need is known: objects, lists, strings of at most 512 characters and integers. A doubled
/// field is refused. Whatever is wrong is an [IllegalArgumentException] that names the field.
public final class Fields {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(5)
                  .maxNameLength(32)
                  .maxStringLength(512)
                  .maxNumberLength(19)
                  .build())
          .build();

  private final Map<String, Object> values;

  private Fields(Map<String, Object> values) {
    this.values = values;
  }

  /// Reads one object; nothing but white space may follow it.
  public static Fields parse(byte[] bytes) {
    try (var parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      var fields = new Fields(object(parser));
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not the JSON expected: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not UTF-8 JSON", e);
    }
  }

  /// The object that stands in a list.
  ///
  /// @param name the list's name, for the error
  @SuppressWarnings("unchecked") // object() makes no other maps
  public static Fields of(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return new Fields((Map<String, Object>) map);
    }
    throw new IllegalArgumentException("field '" + name + "' must hold objects");
  }

  /// A text.
  public String text(String name) {
    if (take(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("field '" + name + "' must be a string");
  }

  /// A text that `reader` understands; what it says against the text is put behind the field's name.
  public <T> T as(String name, Function<String, T> reader) {
    var text = text(name);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException("field '" + name + "': " + e.getMessage(), e);
    }
  }

  /// An integer.
  public long number(String name) {
    return number(take(name), name);
  }

  /// An integer 0..65535.
  public int smallNumber(String name) {
    return smallNumber(take(name), name);
  }

  /// The integer 0..65535 that stands in a list.
  public static int smallNumber(Object value, String name) {
    var number = number(value, name);
    if (number < 0 || number > 0xffff) {
      throw new IllegalArgumentException("field '" + name + "' must be 0..65535");
    }
    return (int) number;
  }

  /// Exactly `length` bytes, in base64 with padding.
  public byte[] bytes(String name, int length) {
    var text = text(name);
    try {
      var bytes = Base64.getDecoder().decode(text);
      if (bytes.length == length && Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw notBase64(name, length, e);
    }
    throw notBase64(name, length, null);
  }

  private static IllegalArgumentException notBase64(
      String name, int length, @Nullable IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "field '" + name + "' must be base64 of " + length + " bytes", cause);
  }

  /// A list of at most `most` things.
  @SuppressWarnings("unchecked") // list() makes no other lists
  public List<Object> list(String name, int most) {
    if (take(name) instanceof List<?> list && list.size() <= most) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("field '" + name + "' must be a list of at most " + most);
  }

  /// Refuses every field that was not taken.
  public void end() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException(
          "field '" + values.keySet().iterator().next() + "' is unknown");
    }
  }

  private Object take(String name) {
    var value = values.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("field '" + name + "' is missing");
    }
    return value;
  }

  private static long number(Object value, String name) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("field '" + name + "' must be an integer");
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> throw new IllegalArgumentException("only strings and integers are expected");
    };
  }
}
