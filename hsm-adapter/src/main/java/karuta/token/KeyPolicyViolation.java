package karuta.token;

import java.util.List;

/// A key or a request that the key policy forbids, named by key and attribute. Using the key would weaken Karuta.
public final class KeyPolicyViolation extends TokenException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  public KeyPolicyViolation(List<Finding> findings) {
    super(String.join("; ", findings.stream().map(Finding::toString).toList()));
    this.findings = List.copyOf(findings);
  }

  public KeyPolicyViolation(Finding finding) {
    this(List.of(finding));
  }

  /// What was found, at least one.
  public List<Finding> findings() {
    return findings;
  }
}
