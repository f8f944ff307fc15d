// Goes from one marked place to the next without loading the page again. Keys: n and p.
import { say, shortcut } from "./shared.js";

const bar = document.querySelector(".hits");
const places = [...document.querySelectorAll(".hit")];
let current = Number(bar.dataset.current);

function show(number) {
  document.querySelector(".hit.current")?.classList.remove("current");
  current = number;
  const place = places[number - 1];
  place.classList.add("current");
  const folded = place.closest("details");
  if (folded) folded.open = true;
  place.scrollIntoView({ block: "center" });
  bar.querySelector(".which").textContent = `${number} of ${places.length}`;
  bar.querySelector(".after .word").textContent = "Next";
  const around = place.closest("p, li, h1, h2");
  say(`${number} of ${places.length}: ${around ? around.textContent.trim().slice(0, 300) : ""}`);
}

const step = (by) => show(((current - 1 + by + places.length) % places.length) + 1);
const forward = () => (current ? step(1) : show(1));
const back = () => (current ? step(-1) : show(places.length));

for (const [name, go] of [["after", forward], ["before", back]]) {
  bar.querySelector(`.${name}`).addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go();
  });
}
shortcut("n", forward);
shortcut("p", back);

// Opened at a passage: the first place in it is the one that is meant.
const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target && !current) {
  const first = places.findIndex((place) => target.contains(place));
  if (first >= 0) {
    current = first + 1;
    places[first].classList.add("current");
    bar.querySelector(".which").textContent = `${current} of ${places.length}`;
    bar.querySelector(".after .word").textContent = "Next";
  }
}
