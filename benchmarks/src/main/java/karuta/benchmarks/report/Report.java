package karuta.benchmarks.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run has measured: figures in the order in which they came, and on which machine.
public final class Report {
  private static final int NAME_WIDTH = 52;

  private final Machine machine;
  private final Map<String, List<Double>> rounds = new LinkedHashMap<>();
  private final Map<String, String> units = new LinkedHashMap<>();

  /// An empty one.
  public Report(Machine machine) {
    this.machine = machine;
  }

  /// Adds one round of a quantity.
  public void add(String name, String unit, double value) {
    units.put(name, unit);
    rounds.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  /// A quantity, if it was measured.
  public Optional<Figure> figure(String name) {
    return Optional.ofNullable(rounds.get(name))
        .map(values -> new Figure(name, units.getOrDefault(name, ""), values));
  }

  /// All of them.
  public List<Figure> figures() {
    return rounds.keySet().stream().flatMap(name -> figure(name).stream()).toList();
  }

  /// Prints them as a table: median and spread.
  public void print(PrintWriter out) {
    out.println(machine.line());
    for (var figure : figures()) {
      out.printf(
          "%-" + NAME_WIDTH + "s %12s %-6s +/- %2.0f %%%n",
          figure.name(),
          digits(figure.median()),
          figure.unit(),
          figure.spread() * 50);
    }
    out.flush();
  }

  private static String digits(double value) {
    return value >= 100 ? "%,.0f".formatted(value) : "%.2f".formatted(value);
  }

  /// Prints what has become of each quantity that an earlier report has too.
  ///
  /// @param earlier as [#write] wrote it
  /// @throws IllegalArgumentException if it is none
  public void compare(Path earlier, PrintWriter out) throws IOException {
    var before = read(earlier);
    out.printf("%nagainst %s%n", earlier);
    for (var figure : figures()) {
      var old = before.get(figure.name());
      if (old != null && old.median() != 0) {
        out.printf(
            "%-" + NAME_WIDTH + "s %12s %-6s x %.2f%n",
            figure.name(),
            digits(figure.median()),
            figure.unit(),
            figure.median() / old.median());
      }
    }
    out.flush();
  }

  private static Map<String, Figure> read(Path file) throws IOException {
    try {
      var figures = new LinkedHashMap<String, Figure>();
      for (var one : new JsonObject(Files.readString(file)).getJsonArray("figures")) {
        var figure = (JsonObject) one;
        var rounds = new ArrayList<Double>();
        figure.getJsonArray("rounds").forEach(value -> rounds.add(((Number) value).doubleValue()));
        var name = figure.getString("name");
        figures.put(name, new Figure(name, figure.getString("unit"), rounds));
      }
      return figures;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + " is no report of ./karuta bench", e);
    }
  }

  /// Writes it as JSON.
  public void write(Path file) throws IOException {
    var list = new JsonArray();
    for (var figure : figures()) {
      list.add(
          new JsonObject()
              .put("name", figure.name())
              .put("unit", figure.unit())
              .put("median", figure.median())
              .put("rounds", new JsonArray(figure.rounds())));
    }
    var json = new JsonObject().put("machine", machine.json()).put("figures", list);
    Files.writeString(file, json.encodePrettily() + "\n");
  }
}
