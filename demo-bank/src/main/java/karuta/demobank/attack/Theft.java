package karuta.demobank.attack;

/// What the stolen database brought the attacker.
///
/// @param tried answers tried, over all keys that could be thought of
/// @param fitting answers that fitted the tag
public record Theft(String cells, int keys, int tried, int fitting) {}
