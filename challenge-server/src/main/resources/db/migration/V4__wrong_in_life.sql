-- Wrong answers in the life of a card, which no right answer clears.
ALTER TABLE card_states ADD COLUMN wrong_in_life INT NOT NULL DEFAULT 0 CHECK (wrong_in_life >= 0);
