-- What the store has settled of the guard's judgements of a card: the last one's place in the card's chain.
ALTER TABLE card_states ADD COLUMN judged BIGINT NOT NULL DEFAULT 0 CHECK (judged >= 0);
ALTER TABLE card_states ADD COLUMN judged_hash VARCHAR(43) NOT NULL DEFAULT '' CHECK (length(judged_hash) IN (0, 43));

-- Whether nothing will be judged of a challenge any more: it was settled, or the guard was asked to close it. Those that have ended before this
-- column were judged by the server itself.
ALTER TABLE challenges ADD COLUMN closed INT NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));
UPDATE challenges SET closed = 1 WHERE state <> 'OPEN';
CREATE INDEX challenges_to_close ON challenges (settled_at) WHERE closed = 0 AND state <> 'OPEN';

-- The highest place seen in each guard's chain.
CREATE TABLE guard_heads (
  guard    VARCHAR(32) NOT NULL PRIMARY KEY,
  sequence BIGINT      NOT NULL CHECK (sequence >= 1),
  hash     VARCHAR(43) NOT NULL CHECK (length(hash) = 43)
);
