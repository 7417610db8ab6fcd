package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.database.Database;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.ChainHead;
import karuta.guard.judged.JudgedCard;
import karuta.guard.judged.JudgedFile;
import karuta.server.card.CardRecord;
import karuta.server.card.Method;
import karuta.server.challenge.Policy;
import karuta.server.guard.JudgedExport;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the store knows of the guard's judgements, in a file.
@ParameterizedClass
@EnumSource
class JudgedExportTest {
  private final Bank bank;
  private final List<ChainHead> heads = new ArrayList<>();
  private final List<JudgedCard> cards = new ArrayList<>();

  JudgedExportTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private JudgedFile.Summary export() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var written = JudgedExport.write(bank.store, bytes);
    assertThat(
            JudgedFile.read(new ByteArrayInputStream(bytes.toByteArray()), heads::add, cards::add))
        .isEqualTo(written);
    return written;
  }

  @Test
  void aCardIsThereAsTheStoreHasSettledIt() throws Exception {
    var customer = bank.withActiveCard("customer-1");
    bank.fail(customer, "t-1");
    bank.pass(customer, "t-2");
    bank.fail(customer, "t-3");
    bank.withMailedCard("customer-2");
    bank.store.change(tx -> tx.guardHeads().remember(bank.guard.look(List.of()).heads()));

    assertThat(export().cards()).isEqualTo(1);

    var card = cards.getFirst();
    assertThat(card.subject()).isEqualTo(customer);
    assertThat(card.head())
        .isEqualTo(bank.store.read(tx -> tx.cards().of(customer)).getFirst().judged());
    assertThat(card.head().number()).isEqualTo(4);
    assertThat(card.wrong()).isEqualTo(1);
    assertThat(card.wrongInLife()).isEqualTo(2);
    assertThat(card.used().stream().boxed().toList())
        .as("by number")
        .isEqualTo(used(customer))
        .hasSize(2);
    assertThat(heads).isEqualTo(bank.guard.look(List.of()).heads()).hasSize(1);
  }

  private List<Integer> used(Subject customer) {
    return bank.cards().record(customer, new Generation(1)).draws().stream()
        .filter(CardRecord.Draw::used)
        .map(draw -> draw.record().number())
        .toList();
  }

  @Test
  void everyCardIsThereOnceHoweverManyThereAre() throws Exception {
    bank.withActiveCard("customer-1");
    bank.store.change(
        tx -> {
          IntStream.range(0, 2_500)
              .forEach(
                  i -> {
                    var subject = new Subject("many-" + i);
                    tx.subjects().add(subject, Method.NONE, bank.time.instant());
                    tx.cards()
                        .order(subject, new Generation(1), Profile.STANDARD, bank.time.instant());
                  });
          return true;
        });
    try (var database = Database.open(bank.settings, Store.TABLES)) {
      database.change(
          sql -> sql.change("UPDATE card_states SET judged = 1, judged_hash = ?", "h".repeat(43)));
    }

    assertThat(export().cards()).isEqualTo(2_501);

    assertThat(cards).extracting(JudgedCard::subject).doesNotHaveDuplicates();
  }

  @Test
  void aStoreWithoutJudgementsHasAFileWithoutCards() throws Exception {
    assertThat(export().cards()).isZero();
  }

  @Test
  void aDiskThatIsFullIsSaid() {
    bank.withActiveCard("customer-1");
    var full =
        new OutputStream() {
          @Override
          public void write(int next) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatThrownBy(() -> JudgedExport.write(bank.store, full))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }
}
