package karuta.client;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/// How a method is reached over HTTP, by its `google.api.http` annotation: so there is one contract and not two.
///
/// @param verb the HTTP method
/// @param template the path, with `{variables}`
/// @param hasBody whether what is not in the path is the body; if not, it is the query
record HttpRoute(HttpMethod verb, String template, boolean hasBody) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace();

  static HttpRoute of(MethodDescriptor method) {
    var rule = method.getOptions().getExtension(AnnotationsProto.http);
    var hasBody = rule.getBody().equals("*");
    return switch (rule.getPatternCase()) {
      case GET -> new HttpRoute(HttpMethod.GET, rule.getGet(), hasBody);
      case POST -> new HttpRoute(HttpMethod.POST, rule.getPost(), hasBody);
      case PUT -> new HttpRoute(HttpMethod.PUT, rule.getPut(), hasBody);
      case DELETE, PATCH, CUSTOM, PATTERN_NOT_SET ->
          throw new IllegalArgumentException(
              method.getFullName() + " has no HTTP rule that is known");
    };
  }

  /// Path and query of a request.
  String target(Message request) {
    var path =
        VARIABLE
            .matcher(template)
            .replaceAll(variable -> escaped(request.getField(field(request, variable.group(1)))));
    if (hasBody) {
      return path;
    }
    var query = new StringJoiner("&", "?", "").setEmptyValue("");
    rest(request)
        .getAllFields()
        .forEach((field, value) -> query.add(field.getJsonName() + "=" + escaped(value)));
    return path + query;
  }

  /// The body of a request; empty where there is none.
  String body(Message request) {
    try {
      return hasBody ? JSON.print(rest(request)) : "";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a message of the contract cannot be written", e);
    }
  }

  /// The request without what the path says.
  private Message rest(Message request) {
    var rest = request.toBuilder();
    VARIABLE
        .matcher(template)
        .results()
        .forEach(variable -> rest.clearField(field(request, variable.group(1))));
    return rest.build();
  }

  private static FieldDescriptor field(Message request, String name) {
    var field = request.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw new IllegalArgumentException("the path names " + name + ", the request does not");
    }
    return field;
  }

  private static String escaped(Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
