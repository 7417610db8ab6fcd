package karuta.guard.frame;

import karuta.secret.SecretBytes;

/// One frame that was read: a message on the heap, and an answer outside it, wiped by [#close]. Of the thread that read
/// it.
public final class Frame implements AutoCloseable {
  /// How long a message may be, in bytes.
  public static final int MESSAGE_BYTES = 16 * 1024;

  /// How long an answer may be, in bytes.
  public static final int ANSWER_BYTES = 256;

  private final byte[] message;
  private final SecretBytes answer;

  Frame(byte[] message, SecretBytes answer) {
    this.message = message;
    this.answer = answer;
  }

  /// The bytes themselves, no copy.
  public byte[] message() {
    return message;
  }

  /// Two bytes for each picture; empty unless the message is a call to judge.
  public SecretBytes answer() {
    return answer;
  }

  @Override
  public void close() {
    answer.close();
  }
}
