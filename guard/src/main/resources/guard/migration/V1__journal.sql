-- What guards remember: one text for SQLite and PostgreSQL. Times are milliseconds since 1970 UTC; no column is ever null. Hashes
-- are SHA-256 as 43 characters of base64url, and '' before the first.

-- One row a guard: the head of its chain.
CREATE TABLE guards (
  guard     VARCHAR(32) NOT NULL PRIMARY KEY,
  sequence  BIGINT      NOT NULL CHECK (sequence >= 0),
  hash      VARCHAR(43) NOT NULL CHECK ((hash = '') = (sequence = 0)),
  judged_at BIGINT      NOT NULL
);

-- One row a card: the head of its chain, and all that a judgement of it depends on.
CREATE TABLE cards (
  subject          VARCHAR(64) NOT NULL,
  generation       INT         NOT NULL CHECK (generation BETWEEN 1 AND 65535),
  number           BIGINT      NOT NULL CHECK (number >= 0),
  hash             VARCHAR(43) NOT NULL CHECK ((hash = '') = (number = 0)),
  failures         INT         NOT NULL CHECK (failures >= 0),
  failures_in_life INT         NOT NULL CHECK (failures_in_life >= failures),
  failed_at        BIGINT      NOT NULL,
  spent_draws      BYTEA       NOT NULL,
  PRIMARY KEY (subject, generation)
);

-- One row a challenge, never changed: what was judged of it, and what a receipt says of it.
CREATE TABLE judgements (
  challenge          VARCHAR(22)  NOT NULL PRIMARY KEY CHECK (length(challenge) = 22),
  guard              VARCHAR(32)  NOT NULL,
  sequence           BIGINT       NOT NULL CHECK (sequence >= 1),
  subject            VARCHAR(64)  NOT NULL,
  generation         INT          NOT NULL,
  number             BIGINT       NOT NULL CHECK (number >= 1),
  first_draw         INT          NOT NULL CHECK (first_draw >= 0),
  second_draw        INT          NOT NULL CHECK (second_draw >= 0),
  verdict            VARCHAR(10)  NOT NULL CHECK (verdict IN ('RIGHT', 'WRONG', 'UNANSWERED')),
  purpose            VARCHAR(24)  NOT NULL,
  transaction_digest VARCHAR(43)  NOT NULL,
  audience           VARCHAR(128) NOT NULL,
  judged_at          BIGINT       NOT NULL,
  hash               VARCHAR(43)  NOT NULL CHECK (length(hash) = 43),
  CHECK ((verdict = 'UNANSWERED') = (first_draw = 0))
);
CREATE UNIQUE INDEX judgements_of_guard ON judgements (guard, sequence);
CREATE UNIQUE INDEX judgements_of_card ON judgements (subject, generation, number);

-- Failures of all cards together, by the minute.
CREATE TABLE failure_minutes (
  minute   BIGINT NOT NULL PRIMARY KEY,
  failures INT    NOT NULL CHECK (failures >= 1)
);

-- One row each time a cap on the failures of all cards together was reached. A trip that is not lifted holds for the cards
-- that have failed since.
CREATE TABLE trips (
  number    BIGINT      NOT NULL PRIMARY KEY CHECK (number >= 1),
  cap       VARCHAR(8)  NOT NULL CHECK (cap IN ('MINUTE', 'HOUR', 'DAY')),
  raised_at BIGINT      NOT NULL,
  since     BIGINT      NOT NULL,
  lifted_at BIGINT      NOT NULL
);
CREATE UNIQUE INDEX one_trip_at_a_time ON trips (lifted_at) WHERE lifted_at = 0;
