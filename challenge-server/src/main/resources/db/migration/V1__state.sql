-- The whole state of a challenge server: one text for SQLite and PostgreSQL. Times are milliseconds since 1970 UTC and 0
-- where there is none; texts are '' where there is none; no column is ever null.
-- SQLite does not enforce declared lengths, so what matters is checked here.

CREATE TABLE subjects (
  subject       VARCHAR(64) NOT NULL PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 64),
  method        VARCHAR(24) NOT NULL
    CHECK (method IN ('NONE', 'CONFIRMATION_PASSWORD', 'ONE_TIME_PASSWORD', 'IMAGE_CARD')),
  generation    INT         NOT NULL CHECK (generation BETWEEN 0 AND 65535),
  registered_at BIGINT      NOT NULL
);

-- The hot row of a card: all that a question or an answer changes, and nothing else that is large.
CREATE TABLE card_states (
  subject           VARCHAR(64) NOT NULL REFERENCES subjects (subject),
  generation        INT         NOT NULL CHECK (generation BETWEEN 1 AND 65535),
  profile           VARCHAR(16) NOT NULL,
  ordered_at        BIGINT      NOT NULL,
  state             VARCHAR(16) NOT NULL
    CHECK (state IN ('ORDERED', 'ISSUED', 'MAILED', 'ACTIVE', 'LOCKED', 'SUSPENDED', 'RETIRED', 'RETURNED')),
  state_before      VARCHAR(16) NOT NULL
    CHECK ((state IN ('LOCKED', 'SUSPENDED')) = (state_before IN ('ISSUED', 'MAILED', 'ACTIVE'))),
  wrong_answers     INT         NOT NULL CHECK (wrong_answers >= 0),
  abandoned         INT         NOT NULL CHECK (abandoned >= 0),
  used_draws        BYTEA       NOT NULL,
  first_draw        INT         NOT NULL CHECK (first_draw >= 0),
  second_draw       INT         NOT NULL CHECK (second_draw = 0 OR first_draw > 0 AND second_draw <> first_draw),
  challenge_id      VARCHAR(22) NOT NULL,
  challenge_expires BIGINT      NOT NULL,
  PRIMARY KEY (subject, generation),
  CHECK (challenge_id = '' OR state IN ('MAILED', 'ACTIVE') AND first_draw > 0)
);
-- Never both: the database itself refuses a second card in use, and a second one on its way.
CREATE UNIQUE INDEX one_card_in_use ON card_states (subject) WHERE state = 'ACTIVE';
CREATE UNIQUE INDEX one_card_under_way ON card_states (subject) WHERE state IN ('ORDERED', 'ISSUED', 'MAILED');
CREATE INDEX open_orders ON card_states (ordered_at, subject, generation) WHERE state = 'ORDERED';

-- What the registry knows of a card besides.
CREATE TABLE cards (
  subject         VARCHAR(64)  NOT NULL,
  generation      INT          NOT NULL,
  issued_at       BIGINT       NOT NULL,
  mailed_at       BIGINT       NOT NULL,
  activated_at    BIGINT       NOT NULL,
  ended_at        BIGINT       NOT NULL,
  tracking_number VARCHAR(64)  NOT NULL,
  reason          VARCHAR(140) NOT NULL,
  PRIMARY KEY (subject, generation),
  FOREIGN KEY (subject, generation) REFERENCES card_states (subject, generation)
);

-- Books never change. Draws are records of equal length: the cells, one byte each, then the tag of 32 bytes.
CREATE TABLE books (
  subject    VARCHAR(64) NOT NULL,
  generation INT         NOT NULL,
  serial     VARCHAR(11) NOT NULL CHECK (length(serial) = 11),
  batch      VARCHAR(32) NOT NULL,
  epoch      VARCHAR(32) NOT NULL,
  catalogue  VARCHAR(64) NOT NULL,
  seed       BYTEA       NOT NULL CHECK (length(seed) = 32),
  draws      BYTEA       NOT NULL,
  PRIMARY KEY (subject, generation),
  FOREIGN KEY (subject, generation) REFERENCES card_states (subject, generation)
);
CREATE INDEX books_by_serial ON books (serial);

CREATE TABLE challenges (
  challenge_id VARCHAR(22)   NOT NULL PRIMARY KEY CHECK (length(challenge_id) = 22),
  subject      VARCHAR(64)   NOT NULL,
  generation   INT           NOT NULL,
  caller       VARCHAR(128)  NOT NULL,
  purpose      VARCHAR(24)   NOT NULL,
  transaction_text BYTEA     NOT NULL,
  screen_seed  BYTEA         NOT NULL CHECK (length(screen_seed) = 32),
  first_draw   INT           NOT NULL CHECK (first_draw > 0),
  second_draw  INT           NOT NULL CHECK (second_draw >= 0),
  state        VARCHAR(16)   NOT NULL CHECK (state IN ('OPEN', 'PASSED', 'FAILED', 'EXPIRED', 'ABANDONED')),
  created_at   BIGINT        NOT NULL,
  expires_at   BIGINT        NOT NULL,
  settled_at   BIGINT        NOT NULL,
  receipt      VARCHAR(2048) NOT NULL CHECK ((receipt <> '') = (state = 'PASSED')),
  FOREIGN KEY (subject, generation) REFERENCES card_states (subject, generation)
);
-- Never two: one card asks one question at a time.
CREATE UNIQUE INDEX one_question_a_card ON challenges (subject, generation) WHERE state = 'OPEN';
CREATE INDEX challenges_waiting ON challenges (expires_at) WHERE state = 'OPEN';

-- One row a verdict: what a retry with the same key is told. Nothing in it depends on the answer but right or wrong.
CREATE TABLE verdicts (
  caller          VARCHAR(128) NOT NULL,
  idempotency_key VARCHAR(64)  NOT NULL CHECK (length(idempotency_key) BETWEEN 8 AND 64),
  challenge_id    VARCHAR(22)  NOT NULL UNIQUE REFERENCES challenges (challenge_id),
  subject         VARCHAR(64)  NOT NULL,
  verdict         VARCHAR(8)   NOT NULL CHECK (verdict IN ('RIGHT', 'WRONG')),
  card_state      VARCHAR(16)  NOT NULL,
  attempts_left   INT          NOT NULL,
  draws_left      INT          NOT NULL,
  renewal_due     BOOLEAN      NOT NULL,
  settled_at      BIGINT       NOT NULL,
  PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX wrong_verdicts ON verdicts (settled_at, subject) WHERE verdict = 'WRONG';

-- Only ever added to. Ids sort by time.
CREATE TABLE audit (
  id           VARCHAR(32)  NOT NULL PRIMARY KEY,
  at           BIGINT       NOT NULL,
  subject      VARCHAR(64)  NOT NULL,
  generation   INT          NOT NULL,
  actor        VARCHAR(128) NOT NULL,
  event        VARCHAR(32)  NOT NULL,
  challenge_id VARCHAR(22)  NOT NULL,
  draw         INT          NOT NULL,
  detail       VARCHAR(256) NOT NULL
);
CREATE INDEX audit_of_subject ON audit (subject, id);

CREATE TABLE alarms (
  name      VARCHAR(32) NOT NULL PRIMARY KEY,
  raised_at BIGINT      NOT NULL
);
INSERT INTO alarms (name, raised_at) VALUES ('horizontal-guessing', 0);

CREATE TABLE bundles (
  token       VARCHAR(64) NOT NULL,
  sequence    BIGINT      NOT NULL CHECK (sequence >= 1),
  digest      VARCHAR(64) NOT NULL CHECK (length(digest) = 64),
  batch       VARCHAR(32) NOT NULL,
  cards       BIGINT      NOT NULL,
  done        BIGINT      NOT NULL CHECK (done BETWEEN 0 AND cards),
  started_at  BIGINT      NOT NULL,
  finished_at BIGINT      NOT NULL,
  PRIMARY KEY (token, sequence)
);
