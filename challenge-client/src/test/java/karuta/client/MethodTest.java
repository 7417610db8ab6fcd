package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.v1.CardOuterClass;
import karuta.v1.ChallengeOuterClass;
import org.junit.jupiter.api.Test;

/// The list of methods is the contract's, with its types.
class MethodTest {
  @Test
  void everyMethodOfTheContractIsThereWithItsMessages() throws Exception {
    var listed = new ArrayList<MethodDescriptor>();
    for (var field : Method.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == Method.class) {
        var method = (Method<?, ?>) field.get(null);
        listed.add(method.descriptor());
        assertThat(method.request().getDescriptorForType())
            .as(field.getName())
            .isEqualTo(method.descriptor().getInputType());
        assertThat(method.reply().getDescriptorForType())
            .as(field.getName())
            .isEqualTo(method.descriptor().getOutputType());
      }
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(contract());
  }

  @Test
  void everyMethodHasAWayOverHttp() {
    assertThat(contract()).extracting(HttpRoute::of).doesNotContainNull();
  }

  private static List<MethodDescriptor> contract() {
    return Stream.of(ChallengeOuterClass.getDescriptor(), CardOuterClass.getDescriptor())
        .flatMap(file -> file.getServices().stream())
        .map(ServiceDescriptor::getMethods)
        .flatMap(List::stream)
        .toList();
  }
}
