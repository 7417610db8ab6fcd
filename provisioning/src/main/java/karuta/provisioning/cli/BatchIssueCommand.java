package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import karuta.card.BatchId;
import karuta.card.Profile;
import karuta.catalogue.Catalogue;
import karuta.command.CommandFailed;
import karuta.command.Counted;
import karuta.command.ExitCode;
import karuta.document.CertificateDates;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.provisioning.batch.BatchIssue;
import karuta.provisioning.batch.BatchOrder;
import karuta.provisioning.batch.BatchRecord;
import karuta.provisioning.batch.Subjects;
import karuta.provisioning.batch.TokenKeys;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.Certificates;
import karuta.provisioning.print.EncryptedPrintJobs;
import karuta.token.Finding;
import karuta.token.KeyPolicyViolation;
import karuta.token.TokenRole;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta batch issue`: everything is checked before the first card, and everything is read back after the last.
@Command(
    name = "issue",
    header = "Makes a batch of cards.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a batch of cards: a bundle for each verifier token, a print job for the",
      "bureau, and batch.json, which the next batch names as --previous. All or",
      "nothing: the directory OUT/BATCH appears when everything in it was written,",
      "read back and compared. If it is interrupted, run the same command again.",
      "",
      "The subject file is CSV with the header subject,generation, or JSON lines such",
      "as {\"subject\": \"S-1\", \"generation\": 1}; at most a million lines."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  karuta batch issue --token issuer/token.toml --signing-key issuer-1 \\",
      "    --batch 2026-01 --subjects orders.csv --agreement usb/2026a.confirmation \\",
      "    --bureau-certificate bureau.pem --first --out batches",
      "",
      "  the next one: --batch 2026-02 --previous batches/2026-01/batch.json"
    })
final class BatchIssueCommand implements Callable<Integer> {
  private static final int WORKERS = 4;

  private final Context context;

  @Mixin private TokenOption token;

  @Option(
      names = "--signing-key",
      required = true,
      paramLabel = "LABEL",
      description = "the token's key that signs bundle and print job, such as issuer-1")
  private String signingKey;

  @Option(
      names = "--batch",
      required = true,
      paramLabel = "BATCH",
      description = "its name; the key layout-BATCH must be there")
  private String batch;

  @Option(
      names = "--subjects",
      required = true,
      paramLabel = "FILE",
      description = "who gets a card")
  private Path subjects;

  @Option(
      names = "--profile",
      defaultValue = "standard",
      paramLabel = "PROFILE",
      description = "standard (100 draws of 2 cells) or nist-800-63b (12 draws of 4)")
  private String profile = "standard";

  @Option(
      names = "--agreement",
      required = true,
      paramLabel = "FILE",
      description = "the confirmation of a key agreement; once for each verifier token")
  private List<Path> agreements;

  @Option(
      names = "--bureau-certificate",
      required = true,
      paramLabel = "FILE",
      description = "the bureau's certificate, to which the print job is encrypted")
  private Path bureauCertificate;

  @Option(names = "--previous", paramLabel = "FILE", description = "batch.json of the batch before")
  private Optional<Path> previous;

  @Option(names = "--first", description = "there is no batch before")
  private boolean first;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "where the directory BATCH is made")
  private Path out;

  @Option(
      names = "--samples",
      defaultValue = "20",
      paramLabel = "N",
      description = "cards to make twice and compare; default ${DEFAULT-VALUE}")
  private int samples;

  @Mixin private DryRun dryRun;

  BatchIssueCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (first == previous.isPresent()) {
      throw CommandFailed.usage("name the batch before with --previous, or say --first");
    }
    var lastDay = EncryptedPrintJobs.lastDay(context.now());
    var dates = new CertificateDates(context.now(), lastDay, "the print job's last day");
    var bureau = CertificateFile.read(bureauCertificate, dates, context);
    var before =
        previous.isPresent()
            ? Optional.of(BatchRecord.read(previous.get()))
            : Optional.<BatchRecord>empty();
    var id = new BatchId(batch);
    var cardProfile = Profile.parse(profile);
    var checked = Subjects.check(subjects);
    try (var open = token.open(context)) {
      var issuer = open.issuer();
      var signer = CertificateFile.signer(issuer.signing(), signingKey, dates, context);
      var agreed = agreements(signer.certificate(), open.token().name().serial());
      var order = new BatchOrder(id, cardProfile, checked, agreed, before, out, context.now());
      audit(issuer, order);
      var issue = issue(order, issuer, signer);
      issue.requireNew();
      dryRun.settle(plan(order, issue, bureau, open), context.out());
      return ExitCode.DONE;
    }
  }

  private BatchIssue issue(BatchOrder order, IssuerToken issuer, DocumentSigner signer) {
    return new BatchIssue(
        order,
        new TokenKeys(issuer, order.batch()),
        signer,
        new ProgressLine(context),
        context.stopped());
  }

  private void make(BatchOrder order, BatchIssue issue, X509Certificate bureau) throws IOException {
    try (var workers = Executors.newFixedThreadPool(WORKERS);
        var printer = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom())) {
      var record = issue.run(printer, bureau, workers, samples);
      context.say(
          "batch %s: %s in %s",
          record.batch(), Counted.of(record.cards(), "card"), order.finished());
      for (var link : record.chain()) {
        if (link.batch().equals(record.batch())) {
          context.say(
              "bundle %d for verifier token %s, content %s",
              link.sequence(), link.token(), link.contentDigest());
        }
      }
    }
    context.note(
        "send the bundle to the server and the print job to the bureau; when the bureau has"
            + " reported: karuta batch report");
  }

  /// One step, all or nothing: the files appear together. Before it every key that cards will rest on is finished,
  /// should its agreement not have come to that.
  private Plan plan(BatchOrder order, BatchIssue issue, X509Certificate bureau, OpenToken open)
      throws IOException {
    var plan = Plan.empty();
    for (var agreed : order.agreements()) {
      var key = new EpochKey(open, agreed.epoch());
      if (!key.finished()) {
        plan =
            plan.then(
                () -> key.finish(agreed.checkValue()),
                new Action.FinishEpoch(open.token().name(), agreed.epoch()));
      }
    }
    var actions = new ArrayList<Action>(issue.making());
    var subjects = order.subjects();
    actions.add(
        new Action.MakeCards(
            subjects.count(),
            order.profile().label(),
            subjects.file(),
            subjects.digest(),
            signingKey));
    for (var i = 0; i < order.agreements().size(); i++) {
      var manifest = issue.manifests().get(i);
      actions.add(
          new Action.WriteFile(
              order.finished().resolve(order.bundleName(order.agreements().get(i))),
              "bundle %d for verifier token %s, keys of epoch %s"
                  .formatted(manifest.sequence(), manifest.token(), manifest.epoch()),
              "follows " + (manifest.previous().isEmpty() ? "none" : manifest.previous())));
    }
    actions.add(
        new Action.WriteFile(
            order.finished().resolve(order.printJobName()),
            "encrypted to " + bureau.getSubjectX500Principal().getName(),
            "certificate SHA-256 " + Certificates.fingerprint(bureau)));
    actions.add(
        new Action.WriteFile(
            order.finished().resolve(BatchRecord.FILE),
            "which the next batch names as --previous"));
    return plan.then(() -> make(order, issue, bureau), actions);
  }

  private List<Confirmation> agreements(X509Certificate issuerCertificate, String issuerToken)
      throws IOException {
    var read = new ArrayList<Confirmation>();
    for (var file : agreements) {
      var confirmation = CeremonyFile.confirmation(file, issuerCertificate).message();
      if (!confirmation.issuerToken().equals(issuerToken)) {
        throw CommandFailed.usage(file + ": the agreement was made by another issuer token");
      }
      read.add(confirmation);
    }
    return read;
  }

  /// Every key this batch uses against its policy, and each book key against what was agreed. A batch made with a wrong
  /// key would be found at the bank's counter.
  private void audit(IssuerToken issuer, BatchOrder order) throws DocumentException {
    var findings = new ArrayList<Finding>();
    findings.addAll(
        issuer
            .token()
            .reading(
                lease -> {
                  var found = new ArrayList<>(KeyAudit.leftovers(lease, TokenRole.ISSUER));
                  found.addAll(
                      KeyAudit.key(
                          lease, KeyPolicy.LAYOUT, KeyPolicy.LAYOUT.label(order.batch().value())));
                  found.addAll(KeyAudit.key(lease, KeyPolicy.ISSUER, signingKey));
                  for (var agreed : order.agreements()) {
                    var label = KeyPolicy.BOOK_SIGNING.label(agreed.epoch().value());
                    found.addAll(KeyAudit.key(lease, KeyPolicy.BOOK_SIGNING, label));
                  }
                  return found;
                }));
    if (!findings.isEmpty()) {
      throw new KeyPolicyViolation(findings);
    }
    for (var agreed : order.agreements()) {
      if (!Arrays.equals(issuer.checkValue(agreed.epoch()), agreed.checkValue())) {
        throw new DocumentException(
            "the key book-" + agreed.epoch() + " is not the one that was agreed");
      }
    }
  }
}
