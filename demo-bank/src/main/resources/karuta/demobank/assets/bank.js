// What the pages gain from a script; everything works without it.
"use strict";
document.documentElement.classList.add("js");

// A page brought back by the back button shows what was true then: read it again.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// The second click of a double click does nothing.
for (const form of document.querySelectorAll("form:not([data-question], [data-ready])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}

// While a card is being made, look now and then whether it is; the page stays as it is until then, and so does the
// focus.
const watched = document.querySelector("[data-watch]");
if (watched) setTimeout(look, 3000);

async function look() {
  try {
    const page = await (await fetch(watched.dataset.watch)).text();
    if (!page.includes("data-watch")) return location.replace(watched.dataset.watch);
  } catch { /* no network now: look again later */ }
  setTimeout(look, 3000);
}

// A question's time runs from the moment it is put. So the pictures are loaded first, and kept by the browser; only
// then is it asked for.
const ready = document.querySelector("form[data-ready]");
if (ready) {
  ready.addEventListener("submit", (event) => { event.preventDefault(); prepare(); });
  prepare();
}

async function prepare() {
  const show = (name, shown) => { ready.querySelector(`[data-${name}]`).hidden = !shown; };
  show("loading", true);
  show("failed", false);
  show("go", false);
  try {
    const reply = await fetch(ready.dataset.ready, { signal: AbortSignal.timeout(60_000) });
    if (!reply.ok) throw new Error(reply.status);
    await reply.blob();
    ready.submit();
  } catch {
    show("loading", false);
    show("failed", true);
    show("go", true);
  }
}

const question = document.querySelector("form[data-question]");
if (question) ask(question);

function ask(form) {
  const cells = [...form.querySelectorAll("[data-cell]")];
  const one = (name) => form.querySelector(`[data-${name}]`);
  const send = one("send"), next = one("next"), back = one("back"), say = one("say");
  const phone = matchMedia("(max-width: 640px)");
  let current = 0, sending = false, over = false, pointedOut = null;

  form.noValidate = true;
  const chosen = (cell) => cell.querySelector("input:checked");

  function show() {
    const narrow = phone.matches, last = current === cells.length - 1;
    cells.forEach((cell, i) => cell.classList.toggle("current", i === current));
    cells.forEach((cell) => { cell.querySelector(".step").hidden = !narrow; });
    next.hidden = !narrow || last;
    back.hidden = !narrow || current === 0;
    send.hidden = narrow && !last;
  }

  function picked(cell) {
    const input = chosen(cell), slot = cell.querySelector("[data-slot]"), called = cell.querySelector("[data-called]");
    slot.replaceChildren();
    slot.classList.toggle("full", Boolean(input));
    cell.querySelector("[data-undo]").hidden = !input;
    called.textContent = called.dataset.none;
    if (!input) return;
    const picture = input.nextElementSibling.cloneNode(true);
    called.textContent = picture.getAttribute("aria-label");
    picture.removeAttribute("role");
    picture.removeAttribute("aria-label");
    picture.setAttribute("aria-hidden", "true");
    slot.append(picture);
  }

  cells.forEach((cell) => {
    const inputs = [...cell.querySelectorAll("input[type=radio]")];
    cell.addEventListener("change", () => {
      picked(cell);
      if (cell === pointedOut) trouble("", false);
    });
    cell.querySelector("[data-undo]").addEventListener("click", () => {
      const input = chosen(cell);
      input.checked = false;
      picked(cell);
      input.focus();
    });
    // Arrow keys move as the grid looks, with as many in a row as there is room for; they look around, and Space or
    // Enter picks.
    cell.addEventListener("keydown", (event) => {
      const from = inputs.indexOf(event.target);
      const row = getComputedStyle(cell.querySelector(".palette")).gridTemplateColumns.split(" ").length;
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[event.key];
      if (from < 0) return;
      if (step && inputs[from + step]) { event.preventDefault(); inputs[from + step].focus(); }
      else if (step) event.preventDefault();
      else if (event.key === "Home") { event.preventDefault(); inputs[from - (from % row)].focus(); }
      else if (event.key === "End") { event.preventDefault(); inputs[Math.min(from - (from % row) + row, inputs.length) - 1].focus(); }
      else if (event.key === "Enter") { event.preventDefault(); event.target.click(); }
    });
    // Nothing is picked beforehand, also after the browser has restored a form.
    inputs.forEach((input) => { input.checked = false; });
    picked(cell);
  });

  function turn(to) {
    current = to;
    show();
    cells[current].querySelector("h2").focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function missing() {
    const empty = cells.findIndex((cell) => !chosen(cell));
    if (empty < 0) return false;
    pointOut(cells[empty]);
    turn(empty);
    return true;
  }

  // The words go when the cell they are about is filled.
  function pointOut(cell) {
    trouble(send.dataset.missing, false);
    pointedOut = cell;
  }

  next.addEventListener("click", () => {
    if (chosen(cells[current])) { trouble("", false); turn(current + 1); }
    else pointOut(cells[current]);
  });
  back.addEventListener("click", () => turn(current - 1));
  phone.addEventListener("change", show);
  show();

  // The answer goes by fetch, so that a lost network leaves the picks on the page. The form's key makes sending it
  // twice the same as sending it once.
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending || over || missing()) return;
    sending = true;
    send.setAttribute("aria-disabled", "true");
    trouble("", false);
    const words = one("text").dataset;
    try {
      const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "follow" });
      if (reply.status === 503) trouble(words.busy, true);
      else if (reply.status === 504) trouble(words.unheard, true);
      else location.replace(reply.redirected ? reply.url : form.dataset.here);
    } catch {
      trouble(words.offline, true);
    }
    sending = false;
    send.removeAttribute("aria-disabled");
  });

  function trouble(text, resend) {
    pointedOut = null;
    one("text").textContent = text;
    one("resend").hidden = !resend;
    one("trouble").hidden = !text;
    if (text) one("trouble").scrollIntoView({ block: "nearest" });
  }

  // The drawings come in one file, which the page has asked for already; without it there is nothing to pick from.
  fetch(form.dataset.sheet)
    .then((reply) => { if (!reply.ok) throw new Error(reply.status); })
    .catch(() => trouble(one("text").dataset.pictures, false));

  // The clock counts from what the server said was left, so a wrong clock in the device does no harm.
  const end = performance.now() + Number(form.dataset.seconds) * 1000;
  function tick() {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    one("clock").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    one("clock").parentElement.classList.toggle("soon", left <= 30);
    if (left === 60) say.textContent = say.dataset.minute;
    if (left === 20) say.textContent = say.dataset.seconds;
    if (left > 0) { setTimeout(tick, 250); return; }
    over = true;
    say.textContent = say.dataset.over;
    // A second later the server has noticed it too, even if its clock and the bank's are not quite the same.
    if (!sending) setTimeout(() => location.replace(form.dataset.here), 1000);
  }
  tick();
}
