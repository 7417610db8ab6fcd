package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import karuta.server.api.openapi.OpenApi;
import karuta.server.api.openapi.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The OpenAPI document is true: what it says of paths, methods and fields is what the contract's descriptors say, and
/// what the server sends and takes fits its schemas.
class OpenApiTest {
  private static final String YAML = Yaml.write(OpenApi.document());

  @SuppressWarnings("unchecked") // a YAML mapping is a map
  private static JsonObject document() {
    var load = new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build());
    return new JsonObject((Map<String, Object>) load.loadFromString(YAML));
  }

  private final JsonObject document = document();

  @Test
  void itIsWhatWasMeantWhenReadByAYamlParser() {
    assertThat(document).isEqualTo(new JsonObject(OpenApi.document()));
    assertThat(document.getString("openapi")).isEqualTo("3.1.0");
  }

  @Test
  void itHasEveryMethodOfTheContractAtItsPath() {
    var described = new TreeSet<String>();
    document
        .getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(
                        verb ->
                            described.add(
                                verb.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + ((JsonObject) verb.getValue()).getString("operationId"))));
    var contracted = new TreeSet<String>();
    for (var method : Contract.methods()) {
      var rule = HttpRule.of(method);
      contracted.add(rule.verb() + " " + rule.template() + " " + method.getName());
    }
    contracted.add("GET /v1/pictures/{name} GetPicture");
    contracted.add("GET /.well-known/jwks.json GetReceiptKeys");
    contracted.add("GET /.well-known/seal-keys.json GetSealKeys");
    contracted.add("GET /openapi.yaml GetOpenApi");
    assertThat(described).isEqualTo(contracted);
  }

  static List<Operation<?, ?>> operations() {
    return TransportsAgreeTest.operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyFieldOfARequestHasOnePlace(Operation<?, ?> operation) {
    var rule = HttpRule.of(operation.method());
    var described = new HashSet<String>();
    var entry = entry(operation);
    for (var parameter : entry.getJsonArray("parameters", new JsonArray())) {
      var name = ((JsonObject) parameter).getString("name");
      assertThat(described.add(field(operation.method().getInputType(), name))).isTrue();
      var inPath = rule.template().contains("{" + name + "}");
      assertThat(((JsonObject) parameter).getString("in")).isEqualTo(inPath ? "path" : "query");
    }
    if (rule.hasBody()) {
      var schema = schema(entry.getJsonObject("requestBody"));
      schema
          .getJsonObject("properties")
          .fieldNames()
          .forEach(
              name ->
                  assertThat(described.add(field(operation.method().getInputType(), name)))
                      .isTrue());
    }
    assertThat(described).isEqualTo(names(operation.method().getInputType()));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theReplyFitsItsSchema(Operation<?, ?> operation) throws Exception {
    var entry = entry(operation);
    var reply = reply(operation);
    var schema = schema(entry.getJsonObject("responses").getJsonObject("200"));
    requireFit(operation.name(), schema, new JsonObject(JsonMessages.print(reply)));
  }

  @Test
  void everySchemaHasTheFieldsOfItsMessageAndTheCommentsOfTheContract() {
    var schemas = document.getJsonObject("components").getJsonObject("schemas");
    for (var service : Contract.services()) {
      for (var message : service.getFile().getMessageTypes()) {
        var schema = schemas.getJsonObject(message.getName());
        if (schema != null) {
          assertThat(
                  schema.getJsonObject("properties").fieldNames().stream()
                      .map(name -> field(message, name)))
              .containsExactlyInAnyOrderElementsOf(names(message));
        }
      }
    }
    assertThat(
            schemas
                .getJsonObject("Choice")
                .getJsonObject("properties")
                .getJsonObject("choice")
                .getString("description"))
        .contains("Worth nothing outside this challenge");
    assertThat(schemas.getJsonObject("CardState").getString("description"))
        .contains("- `LOCKED`: Too many wrong answers in a row.");
  }

  private JsonObject entry(Operation<?, ?> operation) {
    var rule = HttpRule.of(operation.method());
    return document
        .getJsonObject("paths")
        .getJsonObject(rule.template())
        .getJsonObject(rule.verb().toLowerCase(java.util.Locale.ROOT));
  }

  private static <Q extends Message, A extends Message> Message reply(Operation<Q, A> operation)
      throws Exception {
    @SuppressWarnings("unchecked") // Samples makes the operation's own requests
    var request = (Q) Samples.of(operation);
    return operation.call().answer(new Client("front-end", Role.FRONT_END, 1), request);
  }

  private static JsonObject schema(JsonObject content) {
    return content
        .getJsonObject("content")
        .getJsonObject("application/json")
        .getJsonObject("schema");
  }

  private static Set<String> names(Descriptor message) {
    var names = new HashSet<String>();
    message.getFields().forEach(field -> names.add(field.getName()));
    return names;
  }

  private static String field(Descriptor message, String name) {
    return message.getFields().stream()
        .filter(field -> field.getJsonName().equals(name) || field.getName().equals(name))
        .map(FieldDescriptor::getName)
        .findFirst()
        .orElseThrow(() -> new AssertionError(message.getName() + " has no " + name));
  }

  /// As much of JSON schema as the document uses.
  private void requireFit(String where, JsonObject schema, Object value) {
    var reference = schema.getString("$ref");
    if (reference != null) {
      var name = reference.substring("#/components/schemas/".length());
      var target =
          document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
      assertThat(target).as(reference).isNotNull();
      requireFit(where, target, value);
      return;
    }
    switch (schema.getString("type")) {
      case "object" -> {
        assertThat(value).as(where).isInstanceOf(JsonObject.class);
        for (var member : (JsonObject) value) {
          var property = schema.getJsonObject("properties").getJsonObject(member.getKey());
          assertThat(property).as(where + "." + member.getKey()).isNotNull();
          requireFit(where + "." + member.getKey(), property, member.getValue());
        }
      }
      case "array" -> {
        assertThat(value).as(where).isInstanceOf(JsonArray.class);
        ((JsonArray) value).forEach(item -> requireFit(where, schema.getJsonObject("items"), item));
      }
      case "string" -> {
        assertThat(value).as(where).isInstanceOf(String.class);
        if (schema.containsKey("enum")) {
          assertThat(schema.getJsonArray("enum").contains(value)).as(where).isTrue();
        }
      }
      case "integer" -> assertThat(value).as(where).isInstanceOf(Integer.class);
      case "boolean" -> assertThat(value).as(where).isInstanceOf(Boolean.class);
      default -> throw new AssertionError(where + ": " + schema);
    }
  }
}
