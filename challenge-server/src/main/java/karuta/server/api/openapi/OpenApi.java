package karuta.server.api.openapi;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import karuta.server.api.Code;
import karuta.server.api.Contract;
import karuta.server.api.HttpRule;
import karuta.server.api.Page;
import karuta.server.api.Problem;
import karuta.server.api.Role;

/// The OpenAPI 3.1 document, written at start from the same descriptors the REST transport is mounted from, with the
/// contract's own comments: it cannot say otherwise than the server does.
public final class OpenApi {
  private static final String PATH = "/openapi.yaml";

  private final Comments comments = Comments.read();
  private final Schemas schemas = new Schemas(comments);

  private OpenApi() {}

  /// Where it is served, as YAML.
  public static Page page() {
    var content =
        new Page.Content(
            "application/yaml",
            Buffer.buffer(Yaml.write(document())),
            Map.of("cache-control", "no-cache"));
    return new Page(Pattern.compile(Pattern.quote(PATH)), _ -> content);
  }

  /// The document as maps and lists.
  public static Map<String, Object> document() {
    return new OpenApi().build();
  }

  private Map<String, Object> build() {
    var paths = new LinkedHashMap<String, Object>();
    for (var method : Contract.methods()) {
      var rule = HttpRule.of(method);
      @SuppressWarnings("unchecked") // only this loop puts values in
      var path =
          (Map<String, Object>)
              paths.computeIfAbsent(rule.template(), _ -> new LinkedHashMap<String, Object>());
      path.put(rule.verb().toLowerCase(java.util.Locale.ROOT), operation(method, rule));
    }
    paths.putAll(pages());
    var all = new LinkedHashMap<String, Object>(schemas.all());
    all.put("Problem", problem());
    return ordered(
        "openapi",
        "3.1.0",
        "info",
        ordered(
            "title",
            "Karuta",
            "version",
            "v1",
            "description",
            "Questions and answers of image authentication cards, and the card's life. Every call needs a"
                + " client certificate; its role decides what it may call. Unknown fields are refused."),
        "paths",
        paths,
        "components",
        ordered(
            "schemas",
            all,
            "securitySchemes",
            Map.of("clientCertificate", Map.of("type", "mutualTLS"))),
        "security",
        List.of(Map.of("clientCertificate", List.of())));
  }

  private Map<String, Object> operation(
      com.google.protobuf.Descriptors.MethodDescriptor method, HttpRule rule) {
    var operation = new LinkedHashMap<String, Object>();
    operation.put("operationId", method.getName());
    operation.put("tags", List.of(method.getService().getName()));
    operation.put("description", comments.of(method.getFullName()) + " " + roles(method.getName()));
    var parameters = new ArrayList<Object>();
    for (var field : method.getInputType().getFields()) {
      var inPath = rule.variables().contains(field);
      if (inPath || !rule.hasBody()) {
        parameters.add(
            ordered(
                "name",
                inPath ? field.getName() : field.getJsonName(),
                "in",
                inPath ? "path" : "query",
                "required",
                inPath,
                "schema",
                schemas.field(field)));
      }
    }
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (rule.hasBody()) {
      operation.put(
          "requestBody",
          content("application/json", schemas.schema(method.getInputType(), rule.variables())));
    }
    operation.put(
        "responses",
        ordered(
            "200",
            described("done", "application/json", schemas.reference(method.getOutputType())),
            "default",
            described(
                "refused, or failed",
                Problem.MEDIA_TYPE,
                Map.of("$ref", "#/components/schemas/Problem"))));
    return operation;
  }

  private static String roles(String method) {
    var rule = Contract.RULES.get(method);
    return rule == null
        ? ""
        : "Roles: "
            + rule.roles().stream().map(Role::text).sorted().collect(Collectors.joining(", "))
            + ".";
  }

  private static Map<String, Object> pages() {
    var text = Map.<String, Object>of("type", "string");
    return ordered(
        "/v1/pictures/{name}",
        ordered(
            "get",
            ordered(
                "operationId",
                "GetPicture",
                "description",
                "A picture of the catalogue, or all of them in one file (`pictureSheetUrl`). The name has the file's SHA-256; what is there once never changes.",
                "parameters",
                List.of(ordered("name", "name", "in", "path", "required", true, "schema", text)),
                "responses",
                ordered("200", described("the picture", "image/svg+xml", text)))),
        "/.well-known/jwks.json",
        keys("GetReceiptKeys", "The keys receipts verify under, as a JWK set (RFC 7517)."),
        "/.well-known/seal-keys.json",
        keys("GetSealKeys", "The keys audit seals verify under, as a JWK set (RFC 7517)."),
        PATH,
        ordered(
            "get",
            ordered(
                "operationId",
                "GetOpenApi",
                "description",
                "This document.",
                "responses",
                ordered("200", described("this document", "application/yaml", text)))));
  }

  private static Map<String, Object> keys(String operation, String description) {
    return ordered(
        "get",
        ordered(
            "operationId",
            operation,
            "description",
            description,
            "responses",
            ordered(
                "200",
                described("the keys", "application/jwk-set+json", Map.of("type", "object")))));
  }

  private static Map<String, Object> problem() {
    return ordered(
        "type",
        "object",
        "description",
        "An error (RFC 9457). Decide by `code`; nothing of the request is repeated.",
        "properties",
        ordered(
            "type", Map.of("type", "string"),
            "title", Map.of("type", "string"),
            "status", Map.of("type", "integer"),
            "detail", Map.of("type", "string"),
            "code",
                ordered(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(Code.values()).map(Code::wire).toList()),
            "retryable", Map.of("type", "boolean"),
            "requestId", Map.of("type", "string"),
            "field", Map.of("type", "string")));
  }

  private static Map<String, Object> described(
      String description, String mediaType, Map<String, Object> schema) {
    return ordered("description", description, "content", mediaType(mediaType, schema));
  }

  private static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
    return ordered("required", true, "content", mediaType(mediaType, schema));
  }

  private static Map<String, Object> mediaType(String mediaType, Map<String, Object> schema) {
    return Map.of(mediaType, Map.of("schema", schema));
  }

  /// A map in the order written.
  private static Map<String, Object> ordered(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
