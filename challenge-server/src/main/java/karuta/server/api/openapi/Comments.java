package karuta.server.api.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The comments of the contract, by the full name of what they are about. The build of `challenge-api` keeps them
/// beside the generated classes, because the descriptors in those classes have lost them.
final class Comments {
  private static final String RESOURCE = "/karuta/v1/contract.desc";

  private final Map<String, String> byName = new HashMap<>();

  private Comments() {}

  static Comments read() {
    try (var in = Comments.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the contract's descriptors are missing: " + RESOURCE);
      }
      var comments = new Comments();
      FileDescriptorSet.parseFrom(in).getFileList().forEach(comments::add);
      return comments;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the contract says about a service, method, message, field, enum or value; empty if nothing.
  String of(String fullName) {
    return byName.getOrDefault(fullName, "");
  }

  private void add(FileDescriptorProto file) {
    for (var location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        var name = name(file, location);
        if (!name.isEmpty()) {
          byName.put(name, location.getLeadingComments().strip().replaceAll("\\s*\n\\s*", " "));
        }
      }
    }
  }

  /// Paths are pairs of field number and index in `descriptor.proto`; the contract nests nothing.
  private static String name(FileDescriptorProto file, Location location) {
    var path = location.getPathList();
    if (path.size() != 2 && path.size() != 4) {
      return "";
    }
    var member = path.size() == 4 ? path.get(3) : -1;
    return switch (path.get(0)) {
      case FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER ->
          message(file.getPackage(), file.getMessageType(path.get(1)), path, member);
      case FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER ->
          value(file.getPackage(), file.getEnumType(path.get(1)), member);
      case FileDescriptorProto.SERVICE_FIELD_NUMBER ->
          method(file.getPackage(), file.getService(path.get(1)), member);
      default -> "";
    };
  }

  private static String message(
      String scope, DescriptorProto message, List<Integer> path, int member) {
    var name = scope + "." + message.getName();
    if (member < 0) {
      return name;
    }
    return path.get(2) == DescriptorProto.FIELD_FIELD_NUMBER
        ? name + "." + message.getField(member).getName()
        : "";
  }

  private static String value(String scope, EnumDescriptorProto type, int member) {
    // Java's descriptors name a value within its enum, unlike protobuf itself
    var name = scope + "." + type.getName();
    return member < 0 ? name : name + "." + type.getValue(member).getName();
  }

  private static String method(String scope, ServiceDescriptorProto service, int member) {
    var name = scope + "." + service.getName();
    return member < 0 ? name : name + "." + service.getMethod(member).getName();
  }
}
