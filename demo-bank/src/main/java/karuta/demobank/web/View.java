package karuta.demobank.web;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Renders a template of `karuta/demobank/pages`. Everything is escaped unless a template says otherwise, and none
/// does; a variable that is not there is an error.
final class View {
  private final PebbleEngine engine;

  View(Texts texts) {
    var loader = new ClasspathLoader(View.class.getClassLoader());
    loader.setPrefix("karuta/demobank/pages/");
    loader.setSuffix(".peb");
    this.engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .autoEscaping(true)
            .extension(new Wording(texts))
            .build();
  }

  String render(String template, Map<String, Object> model) {
    var page = new StringWriter();
    try {
      engine.getTemplate(template).evaluate(page, model);
    } catch (IOException e) {
      throw new UncheckedIOException("a page cannot be rendered", e);
    }
    return page.toString();
  }
}
