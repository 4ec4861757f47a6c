/* A copy button on every code region that stands by itself. */
"use strict";

(() => {
  const SAID_MS = 1600;

  function addButton(region) {
    const box = document.createElement("div");
    box.className = "code-box";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(region, button));
    region.replaceWith(box);
    box.append(region, button);
  }

  async function copy(region, button) {
    try {
      await navigator.clipboard.writeText(region.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    button.dataset.done = "";
    document.getElementById("status").textContent = button.textContent;
    setTimeout(() => {
      button.textContent = "Copy";
      delete button.dataset.done;
    }, SAID_MS);
  }

  function addButtons() {
    if (!navigator.clipboard) return;
    for (const region of document.querySelectorAll(".code:has(pre)")) {
      if (!region.closest("label, fieldset, .code-box")) addButton(region);
    }
  }

  addButtons();
  for (const name of ["htmx:after:swap", "news:after:swap"]) document.addEventListener(name, addButtons);
})();
