-- For tests that are about the database alone.
CREATE TABLE counts (value BIGINT NOT NULL);
INSERT INTO counts (value) VALUES (0);
