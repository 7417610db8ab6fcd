package karuta.provisioning.layout;

import java.util.Arrays;
import java.util.Collection;

/// How far counts are from even, in standard deviations of the chi-square statistic under evenness (normal
/// approximation, good from 30 bins on). Beyond 5 an even source shows once in some million seeds; tests run on fixed
/// seeds.
public final class ChiSquare {
  /// More than an even source gives.
  public static final double LIMIT = 5;

  private ChiSquare() {}

  /// Against the same expectation in each bin.
  public static double deviation(long[] counts) {
    var expected = (double) Arrays.stream(counts).sum() / counts.length;
    var even = new double[counts.length];
    Arrays.fill(even, expected);
    return deviation(counts, even);
  }

  /// Of many counts taken together: a tilt too small to show in any one of them shows in their sum.
  public static double together(Collection<long[]> counts) {
    return counts.stream().mapToDouble(ChiSquare::deviation).sum() / Math.sqrt(counts.size());
  }

  /// Against an expectation for each bin.
  public static double deviation(long[] counts, double[] expected) {
    var statistic = 0.0;
    for (var i = 0; i < counts.length; i++) {
      statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
    }
    var freedom = counts.length - 1;
    return (statistic - freedom) / Math.sqrt(2.0 * freedom);
  }
}
