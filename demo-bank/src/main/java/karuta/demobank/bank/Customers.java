package karuta.demobank.bank;

import java.util.List;
import java.util.Optional;
import karuta.demobank.bank.Customer.Words;
import karuta.v1.Method;

/// The demo customers. Names, addresses and numbers are invented; the names are terms of card games.
public record Customers(List<Customer> all) {
  public Customers {
    all = List.copyOf(all);
  }

  /// The customers of a demo.
  ///
  /// @param prefix begins each subject's reference, so that several demos can share a server
  public static Customers demo(String prefix) {
    return new Customers(
        List.of(
            new Customer(
                prefix + "-1001",
                "1001",
                new Words("花札 太郎", "Taro Hanafuda"),
                new Words("見本県絵合市百枚町1丁目2番3号", "1-2-3 Hyakumai-cho, Eawase, Mihon"),
                "0000001",
                Method.CONFIRMATION_PASSWORD,
                "482913",
                false),
            new Customer(
                prefix + "-1002",
                "1002",
                new Words("歌留多 花子", "Hanako Karuta"),
                new Words("見本県絵合市取札4丁目5番6号", "4-5-6 Torifuda, Eawase, Mihon"),
                "0000002",
                Method.ONE_TIME_PASSWORD,
                "730264",
                false),
            new Customer(
                prefix + "-1003",
                "1003",
                new Words("貝合 新", "Arata Kaiawase"),
                new Words("見本県絵合市読札7丁目8番9号", "7-8-9 Yomifuda, Eawase, Mihon"),
                "0000003",
                Method.METHOD_NONE,
                "",
                true),
            new Customer(
                prefix + "-1004",
                "1004",
                new Words("絵札 守", "Mamoru Efuda"),
                new Words("見本県絵合市山札10丁目11番12号", "10-11-12 Yamafuda, Eawase, Mihon"),
                "0000004",
                Method.METHOD_NONE,
                "",
                true)));
  }

  /// The customer with that login.
  public Optional<Customer> byLogin(String login) {
    return all.stream().filter(customer -> customer.login().equals(login)).findFirst();
  }

  /// The customer Karuta knows by that reference.
  public Optional<Customer> bySubject(String subject) {
    return all.stream().filter(customer -> customer.subject().equals(subject)).findFirst();
  }
}
