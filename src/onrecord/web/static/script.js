// What is pleasanter with a script; every page works without it.
"use strict";

// To drag over several bars of a timeline narrows to all their time; each bar alone is a link.
for (const timeline of document.querySelectorAll(".timeline svg")) {
  const bars = [...timeline.querySelectorAll("a")];
  let first = null;
  const under = (event) => bars.indexOf(event.target.closest("a"));
  const mark = (from, to) =>
    bars.forEach((bar, n) => bar.querySelector(".room").classList.toggle("chosen", n >= from && n <= to));

  timeline.addEventListener("pointerdown", (event) => {
    first = under(event);
    event.preventDefault();
  });
  timeline.addEventListener("pointermove", (event) => {
    const at = under(event);
    if (first !== null && first >= 0 && at >= 0) mark(Math.min(first, at), Math.max(first, at));
  });
  timeline.addEventListener("pointerup", (event) => {
    const last = under(event);
    if (first !== null && first >= 0 && last >= 0 && first !== last) {
      const [from, to] = [Math.min(first, last), Math.max(first, last)];
      const wanted = new URL(bars[from].getAttribute("href"), location.href);
      wanted.searchParams.set("until", new URL(bars[to].getAttribute("href"), location.href).searchParams.get("until"));
      location.assign(wanted);
    }
    first = null;
  });
  addEventListener("pointerup", () => {
    first = null;
    mark(1, 0);
  });
}
