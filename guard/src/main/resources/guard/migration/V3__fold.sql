-- What old judgements came to whose rows are removed. All three tables change in one transaction with the removal, and the checkpoint
-- is signed over the other two.

-- Where the rows of a card begin: the card as it was at this place in its chain, and the last step of an act that is in it, 0 of 0
-- if none.
CREATE TABLE folded_cards (
  subject          VARCHAR(64) NOT NULL,
  generation       INT         NOT NULL,
  number           BIGINT      NOT NULL CHECK (number >= 1),
  hash             VARCHAR(43) NOT NULL CHECK (length(hash) = 43),
  failures         INT         NOT NULL CHECK (failures >= 0),
  failures_in_life INT         NOT NULL CHECK (failures_in_life >= failures),
  failed_at        BIGINT      NOT NULL,
  spent_draws      BYTEA       NOT NULL,
  act              BIGINT      NOT NULL CHECK (act >= 0),
  step             INT         NOT NULL CHECK (step >= 0),
  PRIMARY KEY (subject, generation)
);

-- Where the rows of a guard begin.
CREATE TABLE folded_chains (
  guard     VARCHAR(32) NOT NULL PRIMARY KEY,
  sequence  BIGINT      NOT NULL CHECK (sequence >= 1),
  hash      VARCHAR(43) NOT NULL CHECK (length(hash) = 43),
  judged_at BIGINT      NOT NULL
);

-- The last checkpoint, the only row: its number, the sums of the set digest over folded_cards, and what was signed.
CREATE TABLE checkpoints (
  only_one INT    NOT NULL PRIMARY KEY CHECK (only_one = 1),
  number   BIGINT NOT NULL CHECK (number >= 1),
  sums     BYTEA  NOT NULL CHECK (length(sums) = 2048),
  signed   TEXT   NOT NULL
);
