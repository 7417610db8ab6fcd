package karuta.card;

/// Which card: its number and which card of its subject it is.
public record CardId(Serial serial, Generation generation) {}
