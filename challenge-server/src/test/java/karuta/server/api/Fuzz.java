package karuta.server.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes requests out of the contract's descriptors: mostly of the right shape, with values at and beyond every edge.
/// Every text that is not a fair value carries {@link #MARK}, so that an echo can be seen.
final class Fuzz {
  static final String MARK = "ECHO-7f3a";

  private static final List<String> FAIR =
      List.of(
          "customer-1",
          FakeDomain.ID,
          "attempt-1",
          "standard",
          "nist-800-63b",
          "01234567894",
          "JPY",
          "10000");
  private static final List<String> FOUL =
      List.of(
          MARK,
          MARK + "\u0000",
          MARK + "\n",
          MARK + "\ud800",
          MARK + "'; DROP TABLE card; --",
          MARK + "🃏",
          "../" + MARK,
          MARK + "%00",
          MARK.repeat(500));
  private static final List<Integer> NUMBERS =
      List.of(0, 1, -1, 63, 64, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE);

  private final Random random;

  Fuzz(Random random) {
    this.random = random;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private String text() {
    return random.nextInt(4) > 0 ? any(FAIR) : any(FOUL);
  }

  String path(HttpRule rule) {
    var path = rule.template();
    for (var variable : rule.variables()) {
      path =
          path.replace(
              "{" + variable.getName() + "}",
              URLEncoder.encode(text(), StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return random.nextInt(10) == 0 ? path + "?" + MARK + "=" + any(NUMBERS) : path;
  }

  String body(Descriptor type) {
    var json = json(type, 0).encode();
    return switch (random.nextInt(12)) {
      case 0 -> json.substring(0, random.nextInt(json.length() + 1));
      case 1 -> json + json;
      case 2 -> json.replace('{', '[');
      case 3 -> "{\"" + MARK + "\":" + json + "}";
      default -> json;
    };
  }

  private JsonObject json(Descriptor type, int depth) {
    var object = new JsonObject();
    for (var field : type.getFields()) {
      if (random.nextInt(3) > 0) {
        object.put(
            random.nextBoolean() ? field.getJsonName() : field.getName(), value(field, depth));
      }
    }
    return object;
  }

  private Object value(FieldDescriptor field, int depth) {
    if (field.isRepeated()) {
      var array = new JsonArray();
      for (var i = random.nextInt(4); i > 0; i--) {
        array.add(single(field, depth));
      }
      return array;
    }
    return single(field, depth);
  }

  private Object single(FieldDescriptor field, int depth) {
    if (random.nextInt(12) == 0) {
      return any(List.<Object>of(MARK, 1.5, true, new JsonArray(), new JsonObject(), 1e300));
    }
    return switch (field.getJavaType()) {
      case STRING -> text();
      case INT, LONG -> any(NUMBERS);
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> any(field.getEnumType().getValues()).getName();
      case MESSAGE ->
          field.getMessageType().getName().equals("Timestamp")
              ? any(List.of("2026-03-01T09:00:00Z", "0001-01-01T00:00:00Z", MARK))
              : depth > 3 ? new JsonObject() : json(field.getMessageType(), depth + 1);
      case BYTE_STRING, FLOAT, DOUBLE -> MARK;
    };
  }

  Message message(Descriptor type) {
    return message(type, 0);
  }

  private Message message(Descriptor type, int depth) {
    var message = DynamicMessage.newBuilder(type);
    for (var field : type.getFields()) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      if (field.isRepeated()) {
        for (var i = random.nextInt(4); i > 0; i--) {
          message.addRepeatedField(field, wire(field, depth));
        }
      } else {
        message.setField(field, wire(field, depth));
      }
    }
    return message.build();
  }

  private Object wire(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case STRING -> text();
      case INT -> any(NUMBERS);
      case LONG -> (long) any(NUMBERS) * any(NUMBERS);
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(9));
      case MESSAGE -> message(field.getMessageType(), depth + 1);
      case BYTE_STRING -> ByteString.copyFromUtf8(MARK);
      case FLOAT, DOUBLE -> throw new IllegalArgumentException("the contract has no such field");
    };
  }

  /// A message that carries bytes in a field the contract does not have.
  static Message unknownFields(Descriptor type, byte[] bytes) {
    return DynamicMessage.newBuilder(type)
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(
                    1,
                    UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(ByteString.copyFrom(bytes))
                        .build())
                .build())
        .build();
  }
}
