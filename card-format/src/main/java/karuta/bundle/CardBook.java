package karuta.bundle;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Subject;

/// One line of a bundle: whose card it is, and its book.
///
/// The constructor holds the rules of a book, so a book that breaks one can be neither written nor imported: draws are
/// numbered 1, 2, ...; each asks as many cells as the profile says; within a round no cell is asked twice; no group of
/// cells comes twice.
///
/// @param subject whose card
/// @param card its number and generation
/// @param profile how many cells a draw asks, and how many rounds there are
/// @param seed from which the palettes follow
/// @param draws the whole book, in the order of their numbers
public record CardBook(
    Subject subject, CardId card, Profile profile, PaletteSeed seed, List<DrawRecord> draws) {
  public CardBook {
    draws = List.copyOf(draws);
    if (draws.size() != profile.draws()) {
      throw new IllegalArgumentException(
          "a book of profile %s has %d draws, not %d"
              .formatted(profile.label(), profile.draws(), draws.size()));
    }
    var groups = new HashSet<Set<Cell>>();
    var asked = new HashSet<Cell>();
    for (var i = 0; i < draws.size(); i++) {
      if (i % profile.drawsPerRound() == 0) {
        asked.clear();
      }
      check(draws.get(i), i + 1, profile, asked, groups);
    }
  }

  private static void check(
      DrawRecord draw,
      int number,
      Profile profile,
      Collection<Cell> asked,
      Collection<Set<Cell>> groups) {
    if (draw.number() != number) {
      throw new IllegalArgumentException(
          "draw " + draw.number() + " stands where draw " + number + " belongs");
    }
    if (draw.cells().size() != profile.cellsPerDraw()) {
      throw new IllegalArgumentException(
          "draw %d asks %d cells, profile %s asks %d"
              .formatted(number, draw.cells().size(), profile.label(), profile.cellsPerDraw()));
    }
    for (var cell : draw.cells()) {
      if (!asked.add(cell)) {
        throw new IllegalArgumentException(
            "draw " + number + " asks a cell that its round has asked before");
      }
    }
    if (!groups.add(Set.copyOf(draw.cells()))) {
      throw new IllegalArgumentException("draw " + number + " asks cells asked together before");
    }
  }
}
