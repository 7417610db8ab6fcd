package karuta.server.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/// Tells an event loop that is held up from one that merely gets no processor. A clock on the wall cannot: on a busy
/// machine everything takes long.
///
/// A loop that waits for anything (a lock, a file, a socket, the token) sleeps, and Linux says so. A loop that does too
/// much has used processor time. A loop that is ready to run and has used little is the machine's fault.
final class LoopClock {
  /// How the names of the threads begin.
  static final String LOOP = "vert.x-eventloop";

  private static final Duration STEP = Duration.ofMillis(250);

  /// A minute: whoever needs longer for a second of processor time gets next to none.
  private static final int STEPS = 240;

  private static final Duration TOO_MUCH = Duration.ofSeconds(1);
  private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

  /// @param at as System.nanoTime
  /// @param used processor time of each loop's life, by the number of its thread
  private record Sample(long at, Map<Long, Long> used) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  private LoopClock() {}

  /// Begins to look at the loops' processor times.
  static LoopClock started() {
    var clock = new LoopClock();
    Thread.ofPlatform().name("loop-clock").daemon(true).start(clock::run);
    return clock;
  }

  private void run() {
    while (true) {
      sample();
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private synchronized void sample() {
    var now = new HashMap<Long, Long>();
    var threads = new Thread[Thread.activeCount() + 100];
    var count = root().enumerate(threads);
    Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getName().startsWith(LOOP))
        .forEach(thread -> now.put(thread.threadId(), TIMES.getThreadCpuTime(thread.threadId())));
    samples.addLast(new Sample(System.nanoTime(), now));
    if (samples.size() > STEPS) {
      samples.removeFirst();
    }
  }

  private static ThreadGroup root() {
    var group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  /// Whether this loop, which has not come back for so long, is held up by what it does.
  boolean isHeldUp(Thread loop, Duration away) {
    return isHeldUp(state(loop), used(loop.threadId(), away));
  }

  /// @param state of the thread, as in proc(5)
  /// @param used processor time since it was last back
  static boolean isHeldUp(char state, Duration used) {
    return state != 'R' || used.compareTo(TOO_MUCH) >= 0;
  }

  private synchronized Duration used(long thread, Duration away) {
    var begin = System.nanoTime() - away.toNanos();
    var before = 0L;
    for (var sample : samples) {
      if (sample.at() - begin <= 0) {
        before = sample.used().getOrDefault(thread, 0L);
      }
    }
    return Duration.ofNanos(TIMES.getThreadCpuTime(thread) - before);
  }

  /// The state Linux gives the thread; where there is no Linux, sleeping.
  static char state(Thread thread) {
    try {
      var stat = Path.of("/proc/self/task", number(thread), "stat");
      if (!Files.exists(stat)) {
        return 'S';
      }
      var text = Files.readString(stat);
      return text.charAt(text.lastIndexOf(')') + 2);
    } catch (IOException | JMException e) {
      return 'S';
    }
  }

  /// The number Linux knows the thread by, which only the JVM's own thread dump tells.
  private static String number(Thread thread) throws JMException {
    var dump =
        String.valueOf(
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "threadPrint",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()}));
    var found = Pattern.compile("#" + thread.threadId() + " \\[(\\d+)\\]").matcher(dump);
    return found.find() ? found.group(1) : "unknown";
  }
}
