package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.AnnotationsProto;
import com.google.api.CustomHttpPattern;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.stream.Stream;
import karuta.v1.GetSubjectRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing of the contract is offered without a decision, and nothing is offered that is only half understood.
class ContractTest {
  @Test
  void everyMethodHasItsRuleAndEveryRuleItsMethod() {
    assertThat(Contract.RULES.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Contract.methods().stream().map(MethodDescriptor::getName).toList());
    assertThat(Contract.RULES.values()).allSatisfy(rule -> assertThat(rule.roles()).isNotEmpty());
  }

  @Test
  void methodsThatAskTheTokenRunOnItsLane() {
    assertThat(
            Contract.RULES.entrySet().stream()
                .filter(entry -> entry.getValue().work() == Contract.Work.GUARD)
                .map(java.util.Map.Entry::getKey))
        .containsExactly("AnswerChallenge");
  }

  @Test
  void aContractWithAMethodUnansweredIsNotServed() {
    assertThatThrownBy(() -> new Contract().operations())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing answers");
  }

  @Test
  void aMethodIsBoundOnce() {
    var contract =
        new Contract().bind("GetSubject", GetSubjectRequest.getDefaultInstance(), (_, q) -> q);
    assertThatThrownBy(
            () -> contract.bind("GetSubject", GetSubjectRequest.getDefaultInstance(), (_, q) -> q))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<HttpRule> misunderstood() {
    var get = HttpRule.newBuilder().setGet("/v1/x/{name}").build();
    return Stream.of(
        HttpRule.getDefaultInstance(),
        get.toBuilder().setBody("*").build(),
        get.toBuilder().setResponseBody("x").build(),
        get.toBuilder().addAdditionalBindings(get).build(),
        HttpRule.newBuilder().setPost("/v1/x").build(),
        HttpRule.newBuilder().setPost("/v1/x").setBody("name").build(),
        HttpRule.newBuilder().setPatch("/v1/x").setBody("*").build(),
        HttpRule.newBuilder().setDelete("/v1/x").build(),
        HttpRule.newBuilder().setCustom(CustomHttpPattern.newBuilder().setKind("HEAD")).build(),
        HttpRule.newBuilder().setGet("/v1/x/{truth}").build(),
        HttpRule.newBuilder().setGet("/v1/x/{missing}").build(),
        HttpRule.newBuilder().setGet("/v1/x/{name=shelves/*}").build(),
        HttpRule.newBuilder().setGet("/v1/x/{name}/{name}").build(),
        HttpRule.newBuilder().setGet("v1/x").build());
  }

  @ParameterizedTest
  @MethodSource("misunderstood")
  void aRuleThatIsNotUnderstoodStopsTheStart(HttpRule rule) throws Exception {
    var method = method(rule);
    assertThatThrownBy(() -> karuta.server.api.HttpRule.of(method))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("t.S.M");
  }

  private static MethodDescriptor method(HttpRule rule) throws DescriptorValidationException {
    var file =
        FileDescriptorProto.newBuilder()
            .setName("t.proto")
            .setPackage("t")
            .setSyntax("proto3")
            .addMessageType(
                DescriptorProto.newBuilder()
                    .setName("Q")
                    .addField(field("name", 1, FieldDescriptorProto.Type.TYPE_STRING))
                    .addField(field("truth", 2, FieldDescriptorProto.Type.TYPE_BOOL)))
            .addService(
                ServiceDescriptorProto.newBuilder()
                    .setName("S")
                    .addMethod(
                        MethodDescriptorProto.newBuilder()
                            .setName("M")
                            .setInputType("Q")
                            .setOutputType("Q")
                            .setOptions(
                                MethodOptions.newBuilder()
                                    .setExtension(AnnotationsProto.http, rule))))
            .build();
    return FileDescriptor.buildFrom(file, new FileDescriptor[0])
        .findServiceByName("S")
        .findMethodByName("M");
  }

  private static FieldDescriptorProto field(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .build();
  }
}
