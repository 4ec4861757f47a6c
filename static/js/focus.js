/* After a swap: the page's title, the focus and the announcement follow the new card. */
"use strict";

(() => {
  const status = document.getElementById("status");
  let pressed = "";
  let hints = countHints();

  function countHints() {
    return document.querySelectorAll("#card .hint").length;
  }

  function announce(text) {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 60); // a region speaks when its text changes
  }

  function moveFocus(target) {
    target.focus({ preventScroll: true });
    const { top, bottom } = target.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight * 0.6) target.scrollIntoView({ block: "start" });
  }

  /* The button of the same line, when the one that was pressed is gone: the top line has no "up". */
  function neighbour(card) {
    const token = pressed.split("-").at(-1);
    return token ? card.querySelector(`button[id$="-${CSS.escape(token)}"]`) : null;
  }

  function follow() {
    const card = document.getElementById("card");
    if (!card) return;
    if (card.dataset.title) document.title = card.dataset.title;
    const before = hints;
    hints = countHints();
    const verdict = card.querySelector("#verdict");
    if (verdict) {
      moveFocus(verdict);
      announce(card.dataset.announce);
    } else if (hints > before) {
      moveFocus(card.querySelector("#hint"));
      announce(`Hint ${hints}`);
    } else if (card.querySelector("#card-error")) {
      moveFocus(card.querySelector("[aria-invalid='true']") ?? card.querySelector("#card-error"));
    } else if (!card.contains(document.activeElement)) {
      moveFocus(neighbour(card) ?? card.querySelector("#card-title"));
      if (card.dataset.announce) announce(card.dataset.announce);
    }
    pressed = "";
  }

  /* The sentence of an error page that is not swapped in, so that what was typed stays. */
  function sentenceOf(ctx) {
    const page = new DOMParser().parseFromString(ctx?.text ?? "", "text/html");
    return page.querySelector("[data-message]")?.textContent ?? "Not saved. Try again.";
  }

  function failed(event) {
    const notice = document.getElementById("card-failure");
    const ctx = event.detail.ctx;
    const code = ctx?.response?.status ?? 0;
    if (!notice || code === 404 || code === 422 || (code !== 0 && code < 400)) return;
    notice.textContent = sentenceOf(code === 0 ? null : ctx);
    notice.hidden = false;
  }

  document.addEventListener("htmx:before:request", (event) => {
    pressed = event.detail.ctx.request.submitter?.id ?? event.detail.ctx.sourceElement?.id ?? "";
    const notice = document.getElementById("card-failure");
    if (notice) notice.hidden = true;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.swap !== "none") follow();
  });
  document.addEventListener("htmx:error", failed);
  document.addEventListener("htmx:response:error", failed);
})();
