package karuta.guard.client;

import java.util.List;

/// Places in chains as messages and back.
final class HeadMessages {
  private HeadMessages() {}

  static karuta.guard.v1.Head of(Head head) {
    return karuta.guard.v1.Head.newBuilder().setNumber(head.number()).setHash(head.hash()).build();
  }

  static Head read(karuta.guard.v1.Head message) {
    return new Head(message.getNumber(), message.getHash());
  }

  static List<karuta.guard.v1.ChainHead> of(List<ChainHead> heads) {
    return heads.stream()
        .map(
            head ->
                karuta.guard.v1.ChainHead.newBuilder()
                    .setGuard(head.guard())
                    .setSequence(head.sequence())
                    .setHash(head.hash())
                    .build())
        .toList();
  }

  static List<ChainHead> read(List<karuta.guard.v1.ChainHead> messages) {
    return messages.stream()
        .map(head -> new ChainHead(head.getGuard(), head.getSequence(), head.getHash()))
        .toList();
  }
}
