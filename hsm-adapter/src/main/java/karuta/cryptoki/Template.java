package karuta.cryptoki;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Attributes in an order that matters: SoftHSM applies a template one by one and refuses what follows
/// `CKA_MODIFIABLE=false` with `CKR_ATTRIBUTE_READ_ONLY`. So `CKA_COPYABLE` and `CKA_MODIFIABLE` always come last,
/// however the template was put together.
public record Template(List<Attribute> attributes) {
  public Template {
    var ordered = new ArrayList<Attribute>(attributes.size());
    attributes.stream().filter(a -> !comesLast(a.type())).forEach(ordered::add);
    attributes.stream().filter(a -> a.type() == Cka.CKA_COPYABLE).forEach(ordered::add);
    attributes.stream().filter(a -> a.type() == Cka.CKA_MODIFIABLE).forEach(ordered::add);
    attributes = List.copyOf(ordered);
  }

  private static boolean comesLast(Cka type) {
    return type == Cka.CKA_COPYABLE || type == Cka.CKA_MODIFIABLE;
  }

  public static Template of(Attribute... attributes) {
    return new Template(List.of(attributes));
  }

  /// This template with one attribute more, or with another value for one it has.
  public Template with(Attribute attribute) {
    var more = new ArrayList<>(without(attribute.type()).attributes);
    more.add(attribute);
    return new Template(more);
  }

  /// This template without an attribute.
  public Template without(Cka type) {
    return new Template(attributes.stream().filter(a -> a.type() != type).toList());
  }

  public Optional<Attribute> get(Cka type) {
    return attributes.stream().filter(a -> a.type() == type).findFirst();
  }
}
