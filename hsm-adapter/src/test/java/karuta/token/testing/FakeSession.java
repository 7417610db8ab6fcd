package karuta.token.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import karuta.cryptoki.Mechanism;
import org.jspecify.annotations.Nullable;

/// A session of the fake token: its slot, its objects, its running operations.
final class FakeSession {
  record Operation(Mechanism mechanism, FakeObject key) {}

  final FakeSlot slot;
  final boolean readWrite;
  final List<FakeObject> objects = new ArrayList<>();
  @Nullable Operation signing;
  @Nullable Operation verifying;
  @Nullable Deque<Long> found;

  FakeSession(FakeSlot slot, boolean readWrite) {
    this.slot = slot;
    this.readWrite = readWrite;
  }

  void found(List<Long> handles) {
    found = new ArrayDeque<>(handles);
  }
}
