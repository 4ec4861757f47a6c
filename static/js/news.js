/* A page that follows: at every piece of news it is fetched again, and what changed is replaced. */
"use strict";

(() => {
  const PATIENCE_MS = 2000;
  const lost = document.getElementById("news-lost");
  const main = document.getElementById("main");
  const key = (element) => element.id || element.className;
  const written = (parts) => [...parts].map((part) => part.outerHTML);
  let shown = written(main.children); // as the server wrote it, without what scripts added

  /* The first question that reaches into the window, and where: what is above it may change its height. */
  function place() {
    for (const element of document.querySelectorAll(".rehearsal")) {
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > 0) return { id: element.id, top };
    }
    return null;
  }

  function goBack(before, scrolled) {
    const element = before && document.getElementById(before.id);
    const top = element ? scrollY + element.getBoundingClientRect().top - before.top : scrolled;
    scrollTo({ top, behavior: "instant" });
  }

  /* Replaces the parts that differ; where parts came, went or moved, all of them. */
  function replace(fresh, html) {
    const old = [...main.children];
    const same = old.length === fresh.length && old.every((part, at) => key(part) === key(fresh[at]));
    if (!same) main.replaceChildren(...fresh);
    else old.forEach((part, at) => { if (shown[at] !== html[at]) part.replaceWith(fresh[at]); });
  }

  function put(page, html) {
    const [before, scrolled, focused] = [place(), scrollY, document.activeElement?.id];
    const open = [...main.querySelectorAll("details[open]")].map((details) => details.id);
    document.title = page.title;
    replace([...page.getElementById("main").children], html);
    shown = html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    document.dispatchEvent(new CustomEvent("news:after:swap"));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    goBack(before, scrolled);
  }

  async function refresh() {
    const response = await fetch(location.href);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const html = written(page.getElementById("main").children);
    if (html.join() !== shown.join()) put(page, html);
  }

  let work = Promise.resolve(); // one after the other, so that an older page never comes last
  const news = new EventSource(document.querySelector("meta[name=news]").content);
  news.addEventListener("message", () => {
    work = work.then(refresh).catch(() => { lost.hidden = false; });
  });
  let silent; // a stream may end and begin again at once, which is no trouble
  news.addEventListener("open", () => { silent = clearTimeout(silent); lost.hidden = true; });
  news.addEventListener("error", () => { silent ??= setTimeout(() => { lost.hidden = false; }, PATIENCE_MS); });
})();
