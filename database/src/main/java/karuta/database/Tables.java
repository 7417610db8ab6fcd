package karuta.database;

import java.util.List;

/// The tables that a program keeps in a database of its own.
///
/// @param migrations where the class path has the SQL that makes and changes them, such as `db/migration`
/// @param name one word for what they hold, such as `store`: in messages and in the names of pools and threads
/// @param command what brings them up to date, such as `karuta migrate`: for advice
/// @param marks names of tables by which a schema is known to have them: those that no other program has
public record Tables(String migrations, String name, String command, List<String> marks) {
  public Tables {
    marks = List.copyOf(marks);
  }
}
