// Small conveniences. Every page works in full without this file.

import { keysOff, say, shortcut, switchKeys } from "./shared.js";

const box = document.getElementById("q");
// "/" goes to the search box, as in many readers' other tools.
shortcut("/", () => {
  if (!box) return;
  box.focus();
  box.select();
});

const keys = document.getElementById("keys");
if (keys) {
  const button = document.createElement("button");
  button.type = "button";
  const name = () => (button.textContent = `Turn single keys ${keysOff() ? "on" : "off"}`);
  button.addEventListener("click", () => {
    switchKeys();
    name();
    say(`Single keys are ${keysOff() ? "off" : "on"}`);
  });
  name();
  keys.append(button);
}

// Said once the page is there: the number of results, or what went wrong.
const announced = document.querySelector("[data-said]");
if (announced) setTimeout(() => say(announced.dataset.said), 300);

// An address without the empty parameters of the form is easier to pass on.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((field) => field.name && !field.value.trim());
    for (const field of empty) field.disabled = true;
    setTimeout(() => empty.forEach((field) => (field.disabled = false)));
  });
}

if (navigator.clipboard) {
  for (const id of ["citation", "permalink"]) {
    const text = document.getElementById(id);
    if (!text) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const quoted = id === "citation" && document.getElementById("quoted");
      const words = text.textContent.trim();
      await navigator.clipboard.writeText(quoted ? `“${quoted.innerText.trim()}”\n\n${words}` : words);
      button.textContent = "Copied";
      say("Copied");
    });
    text.after(button);
  }
}
