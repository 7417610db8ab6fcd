package karuta.server.config;

import karuta.server.challenge.Policy;
import karuta.settings.Section;
import karuta.settings.Table;

/// `[policy]`: the bank's rules; what is absent is as in {@link Policy#standard}.
final class PolicySection {
  private PolicySection() {}

  static Section<Policy> read(Table table) {
    var usual = Policy.standard();
    var wrong = table.number("wrong-answers", 1, 100, usual.wrongLimit());
    var stepUpAt = table.number("step-up-at", 1, 100, usual.stepUpAt());
    var life = table.number("wrong-answers-in-life", 1, 100, usual.lifeLimit());
    if (stepUpAt.known().orElse(0) > life.known().orElse(100)) {
      table.problem(
          "step-up-at",
          "must not be above wrong-answers-in-life, or a card is locked before it is asked two draws");
    }
    var abandoned = table.number("abandoned-questions", 1, 1_000, usual.abandonedLimit());
    var window = table.seconds("answer-seconds", 1, 3_600, (int) usual.answerWindow().toSeconds());
    var renewalAt = table.number("renewal-at", 0, 1_000, usual.renewalAt());
    var orderRenewal = table.flag("order-renewal", usual.orderRenewal());
    var stepUp = table.flag("step-up-on-alarm", usual.stepUpOnAlarm());
    var watch = table.optionalTable("watch");
    var minute = watch.number("subjects-a-minute", 2, 1_000_000, usual.watch().minute());
    var hour = watch.number("subjects-an-hour", 2, 1_000_000, usual.watch().hour());
    var day = watch.number("subjects-a-day", 2, 1_000_000, usual.watch().day());
    return () ->
        new Policy(
            wrong.value(),
            stepUpAt.value(),
            life.value(),
            abandoned.value(),
            window.value(),
            renewalAt.value(),
            orderRenewal.value(),
            stepUp.value(),
            new Policy.Watch(minute.value(), hour.value(), day.value()));
  }
}
