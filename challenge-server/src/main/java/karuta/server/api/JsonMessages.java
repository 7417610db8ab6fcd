package karuta.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import karuta.v1.Challenge;

/// Requests out of JSON, replies into JSON, by the proto3 JSON mapping.
///
/// The body passes two readers. A strict one first: one object, valid UTF-8, no key twice, little nesting, nothing
/// after the end; protobuf's own reader is lenient about all of these. Then protobuf's, which knows the fields and
/// refuses unknown ones. What either says about a bad body repeats the body, so callers get fixed texts.
final class JsonMessages {
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();

  private JsonMessages() {}

  /// Reads a body and what the path says.
  ///
  /// @throws CallRefused with a code of the 400s
  static Message read(Message empty, byte[] body, Map<FieldDescriptor, String> path) {
    var builder = empty.newBuilderForType();
    if (body.length > 0) {
      requireStrictObject(body);
      merge(new String(body, StandardCharsets.UTF_8), builder);
    }
    path.forEach(
        (field, text) -> {
          var value = value(field, text);
          var said = builder.getField(field);
          if (!said.equals(field.getDefaultValue()) && !said.equals(value)) {
            throw new CallRefused(Code.PATH_CONFLICT, field.getName());
          }
          builder.setField(field, value);
        });
    return builder.build();
  }

  /// Reads a request that has no body: what the path and the query say. A query parameter is spelt as in JSON or as in
  /// the contract.
  ///
  /// @throws CallRefused with a code of the 400s
  static Message read(
      Message empty, List<Map.Entry<String, String>> query, Map<FieldDescriptor, String> path) {
    var builder = empty.newBuilderForType();
    path.forEach((field, text) -> builder.setField(field, value(field, text)));
    for (var parameter : query) {
      var field =
          empty.getDescriptorForType().getFields().stream()
              .filter(candidate -> isNamed(candidate, parameter.getKey()))
              .findFirst()
              .orElseThrow(() -> new CallRefused(Code.UNKNOWN_FIELD));
      if (path.containsKey(field)) {
        throw new CallRefused(Code.PATH_CONFLICT, field.getName());
      }
      set(builder, field, parameter.getValue());
    }
    return builder.build();
  }

  private static boolean isNamed(FieldDescriptor field, String name) {
    return field.getJsonName().equals(name) || field.getName().equals(name);
  }

  private static void set(Message.Builder builder, FieldDescriptor field, String value) {
    var read = value(field, value);
    if (field.isRepeated() || !builder.getField(field).equals(field.getDefaultValue())) {
      throw new CallRefused(Code.INVALID_FIELD, field.getName());
    }
    builder.setField(field, read);
  }

  /// A value out of a path or a query, as the field's type has it.
  private static Object value(FieldDescriptor field, String text) {
    try {
      return switch (field.getType()) {
        case STRING -> text;
        case INT32 -> Integer.valueOf(text);
        default -> throw new CallRefused(Code.UNKNOWN_FIELD);
      };
    } catch (NumberFormatException _) {
      throw new CallRefused(Code.INVALID_FIELD, field.getName());
    }
  }

  private static void requireStrictObject(byte[] body) {
    try (var tokens = STRICT.createParser(body)) {
      if (tokens.nextToken() != JsonToken.START_OBJECT) {
        throw new CallRefused(Code.MALFORMED_REQUEST);
      }
      tokens.skipChildren();
      if (tokens.currentToken() != JsonToken.END_OBJECT || tokens.nextToken() != null) {
        throw new CallRefused(Code.MALFORMED_REQUEST);
      }
    } catch (JsonProcessingException _) {
      throw new CallRefused(Code.MALFORMED_REQUEST);
    } catch (IOException _) {
      throw new CallRefused(Code.MALFORMED_REQUEST);
    }
  }

  private static void merge(String json, Message.Builder builder) {
    try {
      PARSER.merge(json, builder);
    } catch (InvalidProtocolBufferException e) {
      var message = e.getMessage();
      throw new CallRefused(
          message != null && message.startsWith("Cannot find field")
              ? Code.UNKNOWN_FIELD
              : Code.MALFORMED_REQUEST);
    }
  }

  /// A reply as JSON. Fields at their default are printed: an absent `accepted` must not be read as anything.
  static String print(MessageOrBuilder reply) {
    return reply instanceof Challenge challenge ? ChallengeJson.print(challenge) : printed(reply);
  }

  /// The same, whatever it is, by its descriptor.
  static String printed(MessageOrBuilder reply) {
    try {
      return PRINTER.print(reply);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a reply cannot be printed", e);
    }
  }
}
