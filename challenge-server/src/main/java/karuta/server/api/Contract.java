package karuta.server.api;

import static karuta.server.api.Role.BACK_OFFICE;
import static karuta.server.api.Role.FRONT_END;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.v1.CardOuterClass;
import karuta.v1.ChallengeOuterClass;

/// The contract's methods, who may call each, and which lane each runs on: one table.
///
/// A method that is not in the table cannot be mounted: a method added to the contract without a decision about its
/// callers stops the start, and a test before that.
public final class Contract {
  /// Where a call runs.
  public enum Work {
    /// It asks the token.
    GUARD,
    /// It asks the store alone.
    STORE
  }

  /// Who may call a method, and where it runs.
  public record Rule(Set<Role> roles, Work work) {}

  private static final Set<Role> BOTH = Set.of(FRONT_END, BACK_OFFICE);

  /// The rule of each method.
  public static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("CreateChallenge", new Rule(Set.of(FRONT_END), Work.STORE)),
          Map.entry("ActivateCard", new Rule(Set.of(FRONT_END), Work.STORE)),
          Map.entry("GetChallenge", new Rule(Set.of(FRONT_END), Work.STORE)),
          Map.entry("AnswerChallenge", new Rule(Set.of(FRONT_END), Work.GUARD)),
          Map.entry("GetSubject", new Rule(BOTH, Work.STORE)),
          Map.entry("OrderCard", new Rule(BOTH, Work.STORE)),
          Map.entry("SuspendCard", new Rule(BOTH, Work.STORE)),
          Map.entry("RegisterSubject", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("MailCard", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("ReturnCard", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("UnlockCard", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("RetireCard", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("ListOrders", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("ListAudit", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("FindCards", new Rule(Set.of(BACK_OFFICE), Work.STORE)),
          Map.entry("GetCardRecord", new Rule(Set.of(BACK_OFFICE), Work.STORE)));

  private final Map<MethodDescriptor, Operation<?, ?>> operations = new HashMap<>();

  /// The services of the contract.
  public static List<ServiceDescriptor> services() {
    var services = new ArrayList<ServiceDescriptor>();
    services.addAll(ChallengeOuterClass.getDescriptor().getServices());
    services.addAll(CardOuterClass.getDescriptor().getServices());
    return List.copyOf(services);
  }

  /// Every method of the contract, in its order.
  public static List<MethodDescriptor> methods() {
    return services().stream().flatMap(service -> service.getMethods().stream()).toList();
  }

  /// Binds a method to what answers it.
  ///
  /// @param name the method's name in the contract
  /// @param request an empty request message
  /// @throws IllegalArgumentException if the contract or the table has no such method, or it is bound already
  public <Q extends Message, A extends Message> Contract bind(
      String name, Q request, Call<Q, A> call) {
    var method =
        methods().stream()
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no method " + name));
    var rule = RULES.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("nobody has decided who may call " + name);
    }
    if (operations.putIfAbsent(method, new Operation<>(method, rule, request, call)) != null) {
      throw new IllegalArgumentException(name + " is bound twice");
    }
    return this;
  }

  /// The bound methods, in the order of the contract.
  ///
  /// @throws IllegalStateException if a method of the contract is not bound
  public List<Operation<?, ?>> operations() {
    return methods().stream()
        .<Operation<?, ?>>map(
            method -> {
              var operation = operations.get(method);
              if (operation == null) {
                throw new IllegalStateException("nothing answers " + method.getFullName());
              }
              return operation;
            })
        .toList();
  }
}
