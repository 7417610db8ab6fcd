package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.key.ApprovedRequests;
import karuta.token.key.KeyAudit;
import karuta.token.key.Remembered;
import karuta.token.testing.FakeBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a token remembers of its custodians' requests. How such a number is replaced say the tests of
/// [JournalHeadsContract].
class ApprovedRequestsTest {
  private static final Remembered FIRST = new Remembered(1, "a".repeat(43));

  private FakeBench bench;
  private Token token;
  private ApprovedRequests requests;

  @BeforeEach
  void begin() {
    bench = new FakeBench();
    token =
        Token.open(
            bench.module(),
            bench.initialise("karuta issuer"),
            bench.pin(),
            TokenSettings.defaults(),
            InstantSource.system());
    requests = new ApprovedRequests(token);
  }

  @AfterEach
  void end() {
    token.close();
    bench.close();
  }

  @Test
  void theLastOneIsRememberedAndNoOtherOfItsNumber() {
    assertThat(requests.last()).isEmpty();
    requests.remember(FIRST);
    assertThat(requests.last()).contains(FIRST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> requests.remember(new Remembered(1, "b".repeat(43))))
        .withMessageContaining("another request was carried out at the same time");
    requests.remember(new Remembered(2, "b".repeat(43)));
    assertThat(requests.last()).contains(new Remembered(2, "b".repeat(43)));
  }

  @Test
  void itIsNoFindingOnEitherTokenUnlessItIsDamaged() {
    requests.remember(FIRST);
    assertThat(findings()).isEmpty();
    var damaged =
        Template.of(
            Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
            Attribute.of(Cka.CKA_TOKEN, true),
            Attribute.of(Cka.CKA_PRIVATE, true),
            Attribute.of(Cka.CKA_LABEL, "last-request"),
            Attribute.of(Cka.CKA_VALUE, "v1 2".getBytes(StandardCharsets.US_ASCII)),
            Attribute.of(Cka.CKA_COPYABLE, false),
            Attribute.of(Cka.CKA_MODIFIABLE, false));
    token.alone(lease -> lease.cryptoki().createObject(lease.session(), damaged));
    assertThat(findings()).hasSize(2).allMatch(finding -> finding.contains("CKA_VALUE"));
  }

  private List<String> findings() {
    return List.of(TokenRole.values()).stream()
        .flatMap(role -> KeyAudit.of(token, role, Set.of()).stream())
        .map(Finding::toString)
        .filter(finding -> finding.startsWith("last-request"))
        .toList();
  }
}
