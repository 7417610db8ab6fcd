package karuta.guard.client;

import com.google.protobuf.InvalidProtocolBufferException;
import karuta.guard.v1.Call;
import karuta.guard.v1.Reply;
import karuta.secret.SecretBytes;

/// The guard's end of the protocol: the bytes of a call in, those of its reply out.
public final class CallHandler {
  private final Guard guard;

  public CallHandler(Guard guard) {
    this.guard = guard;
  }

  /// Why there is no other reply.
  public enum Fault {
    /// The token, the journal or the guard itself cannot answer now.
    UNAVAILABLE,
    /// Too much is under way.
    BUSY,
    /// The call is not one a server makes.
    INVALID
  }

  /// Makes a call and gives its reply.
  ///
  /// @param answer the pictures of a call to judge; empty for any other
  /// @throws IllegalArgumentException if it is not a call a server makes
  /// @throws GuardUnavailable as the guard does
  public byte[] reply(byte[] message, SecretBytes answer) {
    return made(parsed(message, answer), answer).toByteArray();
  }

  /// A reply that says a fault.
  ///
  /// @param reason for the other end's log, without anything of a call
  public static byte[] fault(Fault kind, String reason) {
    return Reply.newBuilder()
        .setFault(
            karuta.guard.v1.Fault.newBuilder()
                .setKind(karuta.guard.v1.Fault.Kind.valueOf(kind.name()))
                .setReason(reason))
        .build()
        .toByteArray();
  }

  private static Call parsed(byte[] message, SecretBytes answer) {
    try {
      var call = Call.parseFrom(message);
      if (!call.hasJudge() && answer.length() > 0) {
        throw new IllegalArgumentException("only a call to judge has an answer");
      }
      return call;
    } catch (InvalidProtocolBufferException broken) {
      throw new IllegalArgumentException("not a call", broken);
    }
  }

  private Reply made(Call call, SecretBytes answer) {
    return switch (call.getVerbCase()) {
      case JUDGE -> ReplyMessages.of(guard.judge(CallMessages.read(call.getJudge(), answer)));
      case RECALL -> ReplyMessages.of(guard.recall(CallMessages.read(call.getRecall())));
      case SEAL -> ReplyMessages.of(guard.seal(CallMessages.read(call.getSeal())));
      case LOOK -> ReplyMessages.of(guard.look(HeadMessages.read(call.getLook().getKnownList())));
      case VERB_NOT_SET -> throw new IllegalArgumentException("a call has a verb");
    };
  }
}
