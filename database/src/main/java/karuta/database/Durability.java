package karuta.database;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What PostgreSQL is asked before it is trusted with work: whether what it acknowledges is on disk and, where a
/// standby is demanded, on the standby's disk too.
final class Durability {
  /// The others wait for no standby (`off`, `local`), or only for its memory (`remote_write`).
  private static final Set<String> WITH_STANDBY = Set.of("on", "remote_apply");

  private Durability() {}

  /// Looks at the settings this connection has.
  ///
  /// @param standby whether a commit has to be on a standby's disk as well
  /// @throws DatabaseUnavailable naming the setting to change
  static void require(Sql sql, boolean standby) {
    var set = settings(sql);
    for (var setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      if ("off".equals(set.get(setting))) {
        throw new DatabaseUnavailable(
            "the database has %s off and may forget what it acknowledged; set it to on"
                .formatted(setting));
      }
    }
    var commit = String.valueOf(set.get("synchronous_commit"));
    if (standby && !WITH_STANDBY.contains(commit)) {
      throw new DatabaseUnavailable(
          "the database has synchronous_commit at %s, which waits for no standby's disk; set it to on"
              .formatted(commit));
    }
    if (standby && "".equals(set.get("synchronous_standby_names"))) {
      // who manages the standbys empties it while none is there, and sets it again
      throw DatabaseUnavailable.forNow(
          "a standby is required, and the database waits for none; set synchronous_standby_names");
    }
  }

  /// Looks whether a commit that waits for a standby can end: one that cannot would hold its rows on the server for as
  /// long as the standby is away.
  ///
  /// Whoever may not read `pg_stat_replication` sees rows without values there, and has to believe that they are
  /// standbys.
  ///
  /// @throws DatabaseUnavailable if the database waits for standbys and none is connected
  static void requireStandbyConnected(Sql sql) {
    var connected =
        sql.row(
                row -> row.getBoolean("connected"),
                """
                SELECT current_setting('synchronous_standby_names') = ''
                       OR EXISTS (SELECT 1
                                    FROM pg_stat_replication
                                   WHERE state IS NULL
                                      OR state = 'streaming' AND sync_state IN ('sync', 'quorum'))
                       AS connected
                """)
            .orElseThrow();
    if (!connected) {
      throw DatabaseUnavailable.forNow(
          "the database waits for a synchronous standby, and none is connected");
    }
  }

  private static Map<String, String> settings(Sql sql) {
    return sql.row(
            row ->
                Map.of(
                    "fsync", row.getString("fsync"),
                    "full_page_writes", row.getString("full_page_writes"),
                    "synchronous_commit", row.getString("synchronous_commit"),
                    "synchronous_standby_names", row.getString("synchronous_standby_names")),
            """
            SELECT current_setting('fsync') AS fsync,
                   current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('synchronous_standby_names') AS synchronous_standby_names
            """)
        .orElseThrow();
  }
}
