-- A row of its own for each running server, which it changes to see whether the store can still write. Rows of servers that
-- are gone are removed after a day.
CREATE TABLE store_checks (
  server VARCHAR(22) NOT NULL PRIMARY KEY CHECK (length(server) = 22),
  checks BIGINT      NOT NULL,
  at     BIGINT      NOT NULL
);
