// Offers people, places, titles and words while one types: a combobox with a list, as ARIA has it.
import { say } from "./shared.js";

const box = document.getElementById("q");
const KINDS = { person: "Person", place: "Place", title: "Release", word: "Words" };
const WAIT = 90; // milliseconds without a key before the archive is asked

if (box?.dataset.suggest) {
  const list = document.createElement("ul");
  list.id = "offers";
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "offers",
  })) box.setAttribute(name, value);

  let offers = [];
  let chosen = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const row = list.children[place];
    if (!row) return box.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", row.id);
  };

  const piece = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };

  const show = (found) => {
    offers = found;
    list.replaceChildren(...found.map((offer, place) => {
      const row = document.createElement("li");
      row.id = `offer-${place}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.append(piece("span", "kind", KINDS[offer.kind]), piece("bdi", "", offer.text));
      if (offer.count) row.append(piece("span", "count", offer.count.toLocaleString("en")));
      // Not "click": the box would lose the focus first and take the list away.
      row.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.assign(offer.path);
      });
      return row;
    }));
    chosen = -1;
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
    box.removeAttribute("aria-activedescendant");
    if (found.length) say(`${found.length} suggestions`);
  };

  const ask = async () => {
    const turn = ++asked;
    const typed = box.value;
    if (typed.trim().length < 2) return close();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const { suggestions } = await answer.json();
      if (turn === asked && document.activeElement === box) show(suggestions);
    } catch {
      close(); // the box works without
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = offers.length - 1;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(offers[chosen].path);
    else return;
    event.preventDefault();
  });
}
