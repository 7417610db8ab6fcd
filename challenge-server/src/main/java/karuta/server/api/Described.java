package karuta.server.api;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.Service;

/// Makes a service known to reflection. Its methods are mounted elsewhere.
record Described(ServiceDescriptor descriptor) implements Service {
  @Override
  public ServiceName name() {
    return ServiceName.create(descriptor.getFile().getPackage(), descriptor.getName());
  }

  @Override
  public void bind(GrpcServer server) {
    // GrpcApi has bound every method already
  }
}
