package karuta.server.api;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;

/// One method of the contract bound to its rule and to what answers it.
///
/// @param method the method's descriptor
/// @param rule who may call it and where it runs
/// @param request an empty request message, to parse into
/// @param call what answers it
/// @param <Q> the request message
/// @param <A> the reply message
public record Operation<Q extends Message, A extends Message>(
    MethodDescriptor method, Contract.Rule rule, Q request, Call<Q, A> call) {

  public Operation {
    if (!request.getDescriptorForType().equals(method.getInputType())) {
      throw new IllegalArgumentException(method.getFullName() + " does not take this message");
    }
  }

  /// `karuta.v1.CardService/GetSubject`, as in logs and metrics.
  public String name() {
    return method.getService().getName() + "/" + method.getName();
  }
}
