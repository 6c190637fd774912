// Every page works without this file. It starts the design system's scripts and opens what paper would hide.
import { initAll } from "./govuk-frontend.min.js";
import "./suggestions.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// Browsers that do not know ::details-content would leave the filters closed on a wide screen.
if (matchMedia("(min-width: 40.0625em)").matches) {
  document.querySelectorAll("details.app-filter").forEach((panel) => (panel.open = true));
}

// An address may name a place inside a tab that is not the open one.
const reveal = () => {
  const place = document.getElementById(location.hash.slice(1));
  const panel = place?.closest(".govuk-tabs__panel--hidden");
  if (panel && panel !== place) {
    document.querySelector(`.govuk-tabs__tab[href="#${panel.id}"]`)?.click();
    place.scrollIntoView();
  }
};
addEventListener("hashchange", reveal);
reveal();

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open]):not(.app-filter)")];
  opened.forEach((part) => (part.open = true));
});
addEventListener("afterprint", () => opened.forEach((part) => (part.open = false)));
