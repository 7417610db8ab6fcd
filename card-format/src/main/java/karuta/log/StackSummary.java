package karuta.log;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in one line where a failure came from: classes and places, no messages. A message may repeat what a customer
/// has sent; a place in the code cannot.
public final class StackSummary {
  private static final int PLACES = 6;
  private static final int CAUSES = 4;

  private StackSummary() {}

  /// For example `java.lang.IllegalStateException at Books.read:41, Cards.order:77 caused by ...`.
  public static String line(Throwable failure) {
    var text = new StringBuilder();
    @Nullable Throwable cause = failure;
    for (var i = 0; cause != null && i < CAUSES; i++) {
      text.append(i == 0 ? "" : " caused by ").append(cause.getClass().getName());
      var places =
          Arrays.stream(cause.getStackTrace())
              .limit(PLACES)
              .map(StackSummary::place)
              .collect(Collectors.joining(", "));
      text.append(places.isEmpty() ? "" : " at ").append(places);
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String place(StackTraceElement frame) {
    var type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1)
        + "."
        + frame.getMethodName()
        + ":"
        + frame.getLineNumber();
  }
}
