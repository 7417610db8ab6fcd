package karuta.server.api.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// JSON schemas of the contract's messages, by the proto3 JSON mapping.
final class Schemas {
  private static final String TIMESTAMP = "google.protobuf.Timestamp";

  private final Comments comments;
  private final Map<String, Object> byName = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /// Every schema that was referred to, by name.
  Map<String, Object> all() {
    return byName;
  }

  /// A reference to a message's schema, which is made if it is new.
  Map<String, Object> reference(Descriptor message) {
    if (!byName.containsKey(message.getName())) {
      byName.put(message.getName(), Map.of());
      byName.put(message.getName(), schema(message, List.of()));
    }
    return Map.of("$ref", "#/components/schemas/" + message.getName());
  }

  /// A message's schema in place, without the fields the path gives.
  Map<String, Object> schema(Descriptor message, List<FieldDescriptor> without) {
    var properties = new LinkedHashMap<String, Object>();
    for (var field : message.getFields()) {
      if (!without.contains(field)) {
        properties.put(field.getJsonName(), field(field));
      }
    }
    var schema = new LinkedHashMap<String, Object>();
    schema.put("type", "object");
    describe(schema, message.getFullName());
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    return schema;
  }

  /// A field's schema, with what the contract says of it.
  Map<String, Object> field(FieldDescriptor field) {
    var schema = new LinkedHashMap<String, Object>();
    if (field.isRepeated()) {
      schema.put("type", "array");
      schema.put("items", single(field));
    } else {
      schema.putAll(single(field));
    }
    describe(schema, field.getFullName());
    return schema;
  }

  private Map<String, Object> single(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> Map.of("type", "string");
      case BOOL -> Map.of("type", "boolean");
      case INT32 -> ordered("type", "integer", "format", "int32");
      case BYTES -> ordered("type", "string", "contentEncoding", "base64");
      case ENUM -> reference(field.getEnumType());
      case MESSAGE ->
          field.getMessageType().getFullName().equals(TIMESTAMP)
              ? ordered("type", "string", "format", "date-time")
              : reference(field.getMessageType());
      default ->
          throw new IllegalArgumentException(field.getFullName() + ": this type has no schema yet");
    };
  }

  private Map<String, Object> reference(EnumDescriptor type) {
    byName.computeIfAbsent(
        type.getName(),
        _ -> {
          var schema = ordered("type", "string", "enum", names(type));
          describe(schema, type.getFullName());
          var meanings = new StringBuilder(comments.of(type.getFullName()));
          for (var value : type.getValues()) {
            var meaning = comments.of(value.getFullName());
            if (!meaning.isEmpty()) {
              meanings.append("\n- `").append(value.getName()).append("`: ").append(meaning);
            }
          }
          schema.put("description", meanings.toString().strip());
          return schema;
        });
    return Map.of("$ref", "#/components/schemas/" + type.getName());
  }

  private static List<String> names(EnumDescriptor type) {
    return type.getValues().stream().map(value -> value.getName()).toList();
  }

  private void describe(Map<String, Object> schema, String fullName) {
    var comment = comments.of(fullName);
    if (!comment.isEmpty()) {
      schema.put("description", comment);
    }
  }

  private static Map<String, Object> ordered(
      String key, Object value, String nextKey, Object nextValue) {
    var map = new LinkedHashMap<String, Object>();
    map.put(key, value);
    map.put(nextKey, nextValue);
    return map;
  }
}
