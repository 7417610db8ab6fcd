package karuta.provisioning.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import karuta.card.EpochId;
import karuta.command.Counted;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.token.TokenName;
import karuta.token.key.KeyPolicy;

/// One change that a command makes, told so exactly that somebody else can approve it: which token by its serial, which
/// key by label and template, which file and what is in it.
///
/// Nothing in it depends on chance or on the time, so the same command on the same token and files has the same
/// actions. Files are named as they were on the command line.
public sealed interface Action {
  /// The action in words: a line that begins with a verb, then lines of detail.
  List<String> lines();

  /// A key is made in the token.
  ///
  /// @param label `CKA_LABEL`, and in UTF-8 its `CKA_ID`
  /// @param details what else is known of how it is made
  record MakeKey(TokenName token, KeyPolicy policy, String label, List<String> details)
      implements Action {
    public MakeKey(TokenName token, KeyPolicy policy, String label, String... details) {
      this(token, policy, label, List.of(details));
    }

    public MakeKey {
      details = List.copyOf(details);
    }

    @Override
    public List<String> lines() {
      var lines = new ArrayList<>(List.of("make the key %s in token %s".formatted(label, token)));
      var template = policy.template(label).attributes();
      lines.add("with " + names(template, a -> a.type().shape() != Cka.Shape.BOOL, true));
      lines.add("true " + names(template, a -> isBool(a) && a.isTrue(), false));
      lines.add("false " + names(template, a -> isBool(a) && !a.isTrue(), false));
      if (policy.isPrivateKey()) {
        lines.add("beside it its public key and a self-signed certificate");
      }
      lines.addAll(details);
      return lines;
    }

    private static boolean isBool(Attribute attribute) {
      return attribute.type().shape() == Cka.Shape.BOOL;
    }

    private static String names(
        List<Attribute> template, Predicate<Attribute> which, boolean values) {
      var names =
          template.stream()
              .filter(a -> a.type() != Cka.CKA_LABEL && a.type() != Cka.CKA_ID)
              .filter(which)
              .map(a -> values ? a.type() + "=" + a : a.type().name())
              .toList();
      return String.join(" ", names);
    }
  }

  /// A key is destroyed in the token, with its public key and certificate where it has them.
  ///
  /// @param consequences what follows, or what was looked at before
  record DestroyKey(TokenName token, String label, List<String> consequences) implements Action {
    public DestroyKey {
      consequences = List.copyOf(consequences);
    }

    @Override
    public List<String> lines() {
      var lines = new ArrayList<String>();
      lines.add("destroy the key %s in token %s, for ever".formatted(label, token));
      lines.addAll(consequences);
      return lines;
    }
  }

  /// What a token remembers of a guard is destroyed.
  ///
  /// @param consequences what is remembered, and what follows
  record ForgetGuard(TokenName token, String guard, List<String> consequences) implements Action {
    public ForgetGuard {
      consequences = List.copyOf(consequences);
    }

    @Override
    public List<String> lines() {
      var lines = new ArrayList<String>();
      lines.add("forget the head of guard %s in token %s, for ever".formatted(guard, token));
      lines.addAll(consequences);
      return lines;
    }
  }

  /// The token is told to remember which request of its custodians is carried out, so that it is not carried out twice.
  record CountRequest(TokenName token, long number) implements Action {
    @Override
    public List<String> lines() {
      return List.of(
          "remember in token %s that request number %d was carried out".formatted(token, number));
    }
  }

  /// The token is told to count a request of its custodians that is not carried out.
  record WithdrawRequest(TokenName token, long number) implements Action {
    @Override
    public List<String> lines() {
      return List.of(
          "remember in token %s that request number %d was withdrawn".formatted(token, number));
    }
  }

  /// The token is told to remember that cards may rest on the key of an epoch.
  record FinishEpoch(TokenName token, EpochId epoch) implements Action {
    @Override
    public List<String> lines() {
      return List.of("mark the epoch %s as finished in token %s".formatted(epoch, token));
    }
  }

  /// A SoftHSM token is made, with a directory of its own. SoftHSM gives it its serial.
  record MakeToken(String label, Path home) implements Action {
    @Override
    public List<String> lines() {
      return List.of(
          "make the SoftHSM token %s, with random PINs".formatted(label),
          "in the new directory " + home);
    }
  }

  /// A file that was not there is written.
  ///
  /// @param content what is in it, in a few words and as lines of detail
  record WriteFile(Path file, List<String> content) implements Action {
    public WriteFile(Path file, String content, String... details) {
      this(file, concat(content, details));
    }

    private static List<String> concat(String first, String... more) {
      var all = new ArrayList<>(List.of(first));
      all.addAll(List.of(more));
      return all;
    }

    public WriteFile {
      content = List.copyOf(content);
    }

    @Override
    public List<String> lines() {
      var lines = new ArrayList<>(content);
      lines.set(0, "write %s, %s".formatted(file, content.getFirst()));
      return lines;
    }
  }

  /// A directory that was not there is made, with what is in it.
  record MakeDirectory(Path directory, String content) implements Action {
    @Override
    public List<String> lines() {
      return List.of("make the directory %s, %s".formatted(directory, content));
    }
  }

  /// A directory that a killed run has left is removed.
  record RemoveDirectory(Path directory) implements Action {
    @Override
    public List<String> lines() {
      return List.of("remove the directory %s, left by a run that was killed".formatted(directory));
    }
  }

  /// The command waits for somebody else's file; it changes nothing.
  record AwaitFile(Path file, String by) implements Action {
    @Override
    public List<String> lines() {
      return List.of("wait for %s, signed by %s".formatted(file, by));
    }
  }

  /// Cards are made; the files of a batch follow.
  ///
  /// @param subjectsDigest SHA-256 of the subject file, 64 hex digits
  record MakeCards(long cards, String profile, Path subjects, String subjectsDigest, String signer)
      implements Action {
    @Override
    public List<String> lines() {
      return List.of(
          "make %s of profile %s from %s".formatted(Counted.of(cards, "card"), profile, subjects),
          "subject file SHA-256 " + subjectsDigest,
          "signed with " + signer);
    }
  }
}
