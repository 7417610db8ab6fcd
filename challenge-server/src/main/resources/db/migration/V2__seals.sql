-- Signed digests over closed stretches of the audit, each with the digest of the one before. Only ever added to.
CREATE TABLE audit_seals (
  number  BIGINT        NOT NULL PRIMARY KEY CHECK (number >= 1),
  last_id VARCHAR(32)   NOT NULL,
  seal    VARCHAR(2048) NOT NULL CHECK (seal <> '')
);
