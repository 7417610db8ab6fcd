package karuta.benchmarks.load;

import java.util.random.RandomGenerator;
import karuta.benchmarks.stack.Deck;
import karuta.card.Cell;
import karuta.catalogue.Catalogue;
import karuta.demo.HeldCard;
import karuta.v1.AskedCell;

/// The cards of a deck.
public record DeckCards(Deck deck) implements Cards {
  @Override
  public int take(RandomGenerator random) {
    return deck.take(random);
  }

  @Override
  public void giveBack(int card) {
    deck.giveBack(card);
  }

  @Override
  public String subject(int card) {
    return Deck.subject(card).value();
  }

  @Override
  public int choice(int card, AskedCell cell) {
    var picture = deck.picture(card, Cell.parse(cell.getCell()));
    return HeldCard.choice(cell, Catalogue.v1().picture(picture).sha256());
  }
}
