package karuta.demobank.attack;

/// What reloading brought the attacker.
///
/// @param reloads how often the question was asked for
/// @param questions how many different pairs of cells were seen
/// @param cells the pair
/// @param shrunk how many of a cell's 64 pictures comparing the palettes has ruled out
/// @param transactions how many different transfers it was tried with
/// @param abandoned questions left unanswered in a row, as the bank now counts them
public record Reloads(
    int reloads, int questions, String cells, int shrunk, int transactions, int abandoned) {}
