/* The keyboard map. It rests while a text field has the focus, and where it was switched off. */
"use strict";

(() => {
  const QUIET_MS = 150;
  const ARROWS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
  const TYPED = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=hidden])";
  const ACTS_BY_ITSELF = "button, a[href], summary";
  let quietUntil = performance.now() + QUIET_MS;

  const card = () => document.getElementById("card");
  const buttonFor = (key) => card()?.querySelector(`.button[data-key="${CSS.escape(key)}"]`);

  const fieldsOf = (form) => [...form.elements].filter((field) => !["hidden", "submit", "fieldset"].includes(field.type));
  const isFilled = (field) => (["radio", "checkbox"].includes(field.type) ? field.checked : field.value.trim() !== "");

  function choose(digit) {
    const input = card()?.querySelector(`input[data-key="${digit}"]`);
    input?.focus();
    input?.click();
    return Boolean(input);
  }

  /* Presses Check or Continue; a form that holds nothing is not sent, its first field gets the focus. */
  function goOn() {
    const button = buttonFor("Enter");
    const fields = button?.id === "check" ? fieldsOf(button.form) : [];
    if (fields.length > 0 && !fields.some(isFilled)) fields[0].focus();
    else button?.click();
    return Boolean(button);
  }

  /* Moves the line that has the focus, by pressing its own button. */
  function moveLine(target, direction) {
    const line = target.closest("#card .line");
    const button = line?.querySelector(`button[id^="${direction}-"]:not([aria-disabled="true"])`);
    button?.focus();
    button?.click();
    return Boolean(line);
  }

  function openList() {
    const dialog = document.getElementById("keys-dialog");
    dialog?.showModal();
    return Boolean(dialog);
  }

  function openReport() {
    const report = document.getElementById("report");
    if (report) report.open = true;
    (report?.querySelector("textarea") ?? report?.querySelector("summary"))?.focus();
    return Boolean(report);
  }

  function act(event) {
    const { key, target } = event;
    if (event.altKey) return key in ARROWS && moveLine(target, ARROWS[key]);
    if (key === "?") return openList();
    if (key === "!") return openReport();
    if (key === "Enter") return !target.closest(ACTS_BY_ITSELF) && !event.shiftKey && goOn();
    if (/^[1-9]$/.test(key)) return choose(key);
    const button = ["0", "h"].includes(key) && buttonFor(key);
    button && button.click();
    return Boolean(button);
  }

  document.addEventListener("keydown", (event) => {
    const off = document.body.dataset.keys !== "on" || document.querySelector("dialog[open]");
    if (off || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.target.closest(TYPED)) return;
    const carriedOver = event.repeat || performance.now() < quietUntil;
    if (carriedOver && !event.altKey) {
      if (event.key === "Enter") event.preventDefault();
    } else if (act(event)) {
      event.preventDefault();
    }
  });

  document.addEventListener("htmx:after:swap", () => { quietUntil = performance.now() + QUIET_MS; });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener && document.getElementById(opener.dataset.opens) && openList()) event.preventDefault();
  });
})();
