package karuta.approval;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import karuta.command.CommandFailed;
import karuta.document.CertificateDates;

/// Those who may approve, and how many of them it takes. They are known by certificates that were pinned; each has a
/// key of their own, and counts once.
public final class Officers {
  /// Nothing that is approved is done by one person.
  public static final int FEWEST = 2;

  private final String called;
  private final int required;
  private final List<X509Certificate> certificates;

  /// @param called what they are called, such as "officers"
  /// @param required how many of them have to approve
  /// @throws IllegalArgumentException if that is less than two or more than there are, a key is there twice, or is not
  ///     on a curve
  public Officers(String called, int required, List<X509Certificate> certificates) {
    if (required < FEWEST || required > certificates.size()) {
      throw new IllegalArgumentException(
          "%d of %d %s cannot approve; at least %d do, and no more than there are"
              .formatted(required, certificates.size(), called, FEWEST));
    }
    if (certificates.stream().map(X509Certificate::getPublicKey).distinct().count()
        < certificates.size()) {
      throw new IllegalArgumentException("two " + called + " have the same key");
    }
    for (var certificate : certificates) {
      if (!certificate.getPublicKey().getAlgorithm().equals("EC")) {
        throw new IllegalArgumentException(
            "the key of " + name(certificate) + " is not an EC key, so it signs no approval");
      }
    }
    this.called = called;
    this.required = required;
    this.certificates = List.copyOf(certificates);
  }

  /// How many of them have to approve.
  public int required() {
    return required;
  }

  /// How many there are.
  public int all() {
    return certificates.size();
  }

  /// Who has approved a request.
  ///
  /// @param approved the approval of each officer that counts
  /// @param objections why others do not, a line for each; none if the request is in force and every approval counts
  public record Count(
      int required, SequencedMap<X509Certificate, Approval> approved, List<String> objections) {
    /// Whether it may be done.
    public boolean enough() {
      return approved.size() >= required;
    }
  }

  /// Counts the officers who have approved exactly this request. None has when the request is over.
  public Count count(ApprovalRequest request, List<Approval> approvals, Instant now) {
    var approved = new LinkedHashMap<X509Certificate, Approval>();
    var objections = new ArrayList<String>();
    if (!request.inForce(now)) {
      objections.add("the request was to be carried out before " + request.expires());
      return new Count(required, approved, objections);
    }
    for (var approval : approvals) {
      objection(request, approval, now, approved)
          .ifPresent(why -> objections.add(approval.name() + ": " + why));
    }
    return new Count(required, approved, objections);
  }

  /// Takes an approval in, or says why not.
  private Optional<String> objection(
      ApprovalRequest request,
      Approval approval,
      Instant now,
      SequencedMap<X509Certificate, Approval> approved) {
    for (var officer : certificates) {
      byte[] content;
      try {
        content = approval.signedBy(officer);
      } catch (IOException _) {
        continue;
      }
      if (!Arrays.equals(content, request.toBytes())) {
        return Optional.of(name(officer) + " has approved another request with it");
      }
      var ended = CertificateDates.at(now).refusal(officer, ofOne());
      if (ended.isPresent()) {
        return ended;
      }
      return approved.putIfAbsent(officer, approval) == null
          ? Optional.empty()
          : Optional.of(name(officer) + " counts once");
    }
    return Optional.of("not by one of the " + called + ", or changed since it was signed");
  }

  /// What is to be said of their certificates: who approves nothing any more, or not yet, or only for 30 days to come.
  ///
  /// @return a line for each of them
  public List<String> remarks(Instant now) {
    return certificates.stream()
        .map(one -> CertificateDates.at(now).remark(one, ofOne()))
        .flatMap(Optional::stream)
        .toList();
  }

  /// Makes sure that enough of them can approve anything.
  ///
  /// @return what is to be said of their certificates all the same, a line for each
  /// @throws CommandFailed if too many certificates are not in force
  public List<String> requireEnough(Instant now) {
    var remarks = remarks(now);
    var inForce =
        certificates.stream()
            .filter(one -> CertificateDates.at(now).refusal(one, ofOne()).isEmpty())
            .count();
    if (inForce < required) {
      throw CommandFailed.refused(
          "%d of the %d %s have to approve it, and the certificates of %d are in force\n%s"
              .formatted(required, all(), called, inForce, String.join("\n", remarks)));
    }
    return remarks;
  }

  private String ofOne() {
    return "of one of the " + called;
  }

  /// As people know an officer.
  public static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }
}
