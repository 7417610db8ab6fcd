-- What officers had done, one row an act, never changed: the request as they signed it, and what it did in counts.
CREATE TABLE officer_acts (
  number     BIGINT      NOT NULL PRIMARY KEY CHECK (number >= 1),
  digest     VARCHAR(64) NOT NULL CHECK (length(digest) = 64),
  request    BYTEA       NOT NULL,
  applied_at BIGINT      NOT NULL,
  cards      BIGINT      NOT NULL CHECK (cards >= 0),
  charged    BIGINT      NOT NULL CHECK (charged >= 0),
  chains     BIGINT      NOT NULL CHECK (chains >= 0),
  trips      BIGINT      NOT NULL CHECK (trips >= 0)
);

-- The approvals of an act, each by an officer who is named by the SHA-256 of their certificate.
CREATE TABLE officer_approvals (
  act      BIGINT      NOT NULL,
  officer  VARCHAR(64) NOT NULL CHECK (length(officer) = 64),
  approval BYTEA       NOT NULL,
  PRIMARY KEY (act, officer)
);

-- What a step of an act changed of a card, never changed. Number and hash are a place in the card's chain that the journal knows from
-- then on: its head if it was enabled; the last judgement that the store knows if it was rebuilt, which no row of judgements has.
CREATE TABLE card_acts (
  act             BIGINT      NOT NULL,
  step            INT         NOT NULL CHECK (step >= 1),
  subject         VARCHAR(64) NOT NULL,
  generation      INT         NOT NULL,
  number          BIGINT      NOT NULL CHECK (number >= 0),
  hash            VARCHAR(43) NOT NULL CHECK ((hash = '') = (number = 0)),
  number_before   BIGINT      NOT NULL CHECK (number_before >= 0),
  hash_before     VARCHAR(43) NOT NULL CHECK ((hash_before = '') = (number_before = 0)),
  failures        INT         NOT NULL CHECK (failures >= 0),
  failures_before INT         NOT NULL CHECK (failures_before >= 0),
  in_life         INT         NOT NULL CHECK (in_life >= failures),
  in_life_before  INT         NOT NULL CHECK (in_life_before >= failures_before),
  added_draws     BYTEA       NOT NULL,
  PRIMARY KEY (act, step, subject, generation)
);
CREATE INDEX card_acts_of_card ON card_acts (subject, generation, number);

-- The same of a guard's chain that was rebuilt.
CREATE TABLE chain_acts (
  act             BIGINT      NOT NULL,
  step            INT         NOT NULL CHECK (step >= 1),
  guard           VARCHAR(32) NOT NULL,
  sequence        BIGINT      NOT NULL CHECK (sequence >= 1),
  hash            VARCHAR(43) NOT NULL CHECK (length(hash) = 43),
  sequence_before BIGINT      NOT NULL CHECK (sequence_before >= 0),
  hash_before     VARCHAR(43) NOT NULL CHECK ((hash_before = '') = (sequence_before = 0)),
  PRIMARY KEY (act, step, guard)
);
CREATE INDEX chain_acts_of_guard ON chain_acts (guard, sequence);

-- The failures of all cards together are counted from a lift on: those of earlier minutes no more, and of this minute all but so many.
ALTER TABLE trips ADD COLUMN forgiven_minute BIGINT NOT NULL DEFAULT 0 CHECK (forgiven_minute >= 0);
ALTER TABLE trips ADD COLUMN forgiven INT NOT NULL DEFAULT 0 CHECK (forgiven >= 0);
