package karuta.cryptoki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import karuta.token.testing.SoftHsm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmCryptokiTest {
  @Test
  void anErrorNamesFunctionAndCode() {
    var cryptoki = FfmCryptoki.load(SoftHsm.library(), Optional.empty());
    assertThatExceptionOfType(CkException.class)
        .isThrownBy(() -> cryptoki.getSlotList(true))
        .withMessage("C_GetSlotList: CKR_CRYPTOKI_NOT_INITIALIZED (0x190)")
        .satisfies(e -> assertThat(e.ckr()).isEqualTo(Ckr.CKR_CRYPTOKI_NOT_INITIALIZED));
  }

  @Test
  void aCodeWithoutANameIsShownByNumber() {
    var vendor = new CkException(CkFunction.C_Sign, 0x8000_0105L);
    assertThat(vendor).hasMessage("C_Sign: 0x80000105 (0x80000105)");
    assertThat(vendor.ckr()).isEqualTo(Ckr.UNNAMED);
  }

  @Test
  void whatIsNoPkcs11LibraryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FfmCryptoki.load(Path.of("/no/such/library.so"), Optional.empty()));
    var libjvm = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FfmCryptoki.load(libjvm, Optional.empty()))
        .withMessageContaining("C_GetFunctionList");
  }

  @ParameterizedTest
  @ValueSource(longs = {129, 4096, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void whatDidNotFitIsUnknownAndNothingBehindItIsRead(long wanted) throws Exception {
    try (var arena = Arena.ofConfined()) {
      var readings =
          CarelessToken.wanting(wanted, arena)
              .getAttributeValue(1, 2, List.of(Cka.CKA_SIGN, Cka.CKA_LABEL));
      assertThat(readings).hasSize(2).allMatch(AttributeReading.Unknown.class::isInstance);
    }
  }

  @Test
  void noTwoFunctionsShareAPlaceAndNoTwoCodesANumber() {
    var places = new HashSet<Integer>();
    for (var function : CkFunction.values()) {
      assertThat(places.add(function.index())).as(function.name()).isTrue();
    }
    for (var code : Ckr.values()) {
      assertThat(Ckr.of(code.code())).isEqualTo(code);
    }
  }
}
