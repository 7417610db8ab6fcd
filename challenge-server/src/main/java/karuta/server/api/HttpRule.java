package karuta.server.api;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How a method is reached over HTTP, read from its `google.api.http` annotation.
///
/// Only what the contract uses is understood: one path, whole segments or a segment with a verb (`{id}:answer`),
/// variables that are strings or numbers of the request, and either the whole message as body or none. Anything else is
/// refused at start: an annotation understood only by half could open a path that nobody meant.
///
/// @param verb `GET`, `POST` or `PUT`
/// @param template the path as the contract writes it
/// @param path matches a path; group i is the value of variable i
/// @param variables the request's fields the path gives
/// @param hasBody whether the message comes as the body; if not, as query parameters
public record HttpRule(
    String verb, String template, Pattern path, List<FieldDescriptor> variables, boolean hasBody) {

  private static final Set<FieldDescriptor.Type> VARIABLE_TYPES =
      Set.of(FieldDescriptor.Type.STRING, FieldDescriptor.Type.INT32);
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final Pattern TEMPLATE =
      Pattern.compile("(/([a-z0-9.-]+|\\{[a-z_]+})+(:[a-z]+)?)+");

  /// Reads the rule of a method.
  ///
  /// @throws IllegalArgumentException if the method has none, or one that is not understood
  public static HttpRule of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
      throw new IllegalArgumentException(method.getFullName() + " has no HTTP rule");
    }
    if (method.isClientStreaming() || method.isServerStreaming()) {
      throw new IllegalArgumentException(method.getFullName() + " streams, REST does not");
    }
    var http = method.getOptions().getExtension(AnnotationsProto.http);
    if (http.getAdditionalBindingsCount() > 0 || !http.getResponseBody().isEmpty()) {
      throw new IllegalArgumentException(
          method.getFullName() + ": additional bindings and response bodies are not supported");
    }
    return switch (http.getPatternCase()) {
      case GET -> of(method, "GET", http.getGet(), http.getBody());
      case POST -> of(method, "POST", http.getPost(), http.getBody());
      case PUT -> of(method, "PUT", http.getPut(), http.getBody());
      case DELETE, PATCH, CUSTOM, PATTERN_NOT_SET ->
          throw new IllegalArgumentException(
              method.getFullName() + ": only get, post and put are supported");
    };
  }

  private static HttpRule of(MethodDescriptor method, String verb, String template, String body) {
    var hasBody = body.equals("*");
    if (!TEMPLATE.matcher(template).matches() || hasBody == verb.equals("GET")) {
      throw new IllegalArgumentException(method.getFullName() + ": this rule is not supported");
    }
    if (!hasBody && !body.isEmpty()) {
      throw new IllegalArgumentException(method.getFullName() + ": the body must be \"*\"");
    }
    var variables = new ArrayList<FieldDescriptor>();
    var names = new HashSet<String>();
    var path = new StringBuilder();
    var matcher = VARIABLE.matcher(template);
    var end = 0;
    while (matcher.find()) {
      var field = method.getInputType().findFieldByName(matcher.group(1));
      if (field == null
          || field.isRepeated()
          || !VARIABLE_TYPES.contains(field.getType())
          || !names.add(field.getName())) {
        throw new IllegalArgumentException(
            method.getFullName()
                + ": "
                + matcher.group(1)
                + " is not a string or number of the request");
      }
      variables.add(field);
      path.append(Pattern.quote(template.substring(end, matcher.start()))).append("([^/]+)");
      end = matcher.end();
    }
    path.append(Pattern.quote(template.substring(end)));
    return new HttpRule(
        verb, template, Pattern.compile(path.toString()), List.copyOf(variables), hasBody);
  }
}
