// What several scripts use. Loaded by its plain name, so that all of them share one copy.

const told = document.getElementById("told");

// Says a text to screen readers.
export function say(text) {
  if (told) told.textContent = text;
}

// Single keys can be turned off: who speaks to the machine presses them unawares.
const NAME = "dateline.keys";

export function keysOff() {
  try {
    return localStorage.getItem(NAME) === "off";
  } catch {
    return false;
  }
}

export function switchKeys() {
  try {
    localStorage.setItem(NAME, keysOff() ? "on" : "off");
  } catch {
    say("This browser keeps no settings");
  }
}

export function shortcut(key, act) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== key || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keysOff()) return;
    event.preventDefault();
    act();
  });
}
