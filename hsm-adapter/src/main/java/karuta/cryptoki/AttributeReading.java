package karuta.cryptoki;

/// What a token says when it is asked for one attribute (PKCS#11 v2.40, section 5.7, `C_GetAttributeValue`).
///
/// Three answers, because "unknown" is not "false": a token that does not know `CKA_COPYABLE` has not promised that the
/// key cannot be copied.
public sealed interface AttributeReading {
  /// Whether the token says exactly this value.
  default boolean says(Attribute expected) {
    return this instanceof Value value && value.attribute().equals(expected);
  }

  /// The value.
  record Value(Attribute attribute) implements AttributeReading {
    @Override
    public String toString() {
      return attribute.toString();
    }
  }

  /// Withheld: `CKR_ATTRIBUTE_SENSITIVE`.
  record Sensitive() implements AttributeReading {
    @Override
    public String toString() {
      return "withheld";
    }
  }

  /// The token does not know this attribute for this object: `CKR_ATTRIBUTE_TYPE_INVALID`.
  record Unknown() implements AttributeReading {
    @Override
    public String toString() {
      return "unknown to the token";
    }
  }
}
