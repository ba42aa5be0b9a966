// The page of one draft: the paper on the left, what was found on the right, told by the report's own components.

const TABS = [
  ["findings", () => _("Causes and findings"), findingsView],
  ["untestable", () => _("Not tested"), untestableView],
  ["rules", () => _("Rules"), rulesView],
  ["compare", () => _("Compare"), compareView],
  ["state", () => _("New rule"), stateView],
];

async function asks(what, body) {
  const response = await fetch("/drafts/" + DATA.served.id + "/" + what, { method: "POST", body: JSON.stringify(body) }).catch(() => null);
  const answer = response ? await response.json().catch(() => ({})) : {};
  if (!response || !response.ok) throw new Error(answer[state.language] || _("The server does not answer; is it still running?"));
  return answer;
}

/** Whatever is opened in the list lights its places; a finding gets what can be decided of it. */
function opened(details) {
  if (!details.open) return;
  const own = details.matches(".card") ? [details] : [...details.querySelectorAll(".card")];
  const ids = own.map((card) => card.id.slice("finding-".length));
  const anchors = ids.flatMap((id) => placesOfCheck(checkPlaces.get(id)).map((at) => anchorOf[at]));
  const clauses = Object.keys(DATA.told).filter((anchor) => DATA.told[anchor].some((id) => ids.includes(id)));
  lightAt([...anchors, ...clauses], true);
  for (const card of own) decisions(card);
}

/** Draws what the address asks for: #/at/ANCHOR, #/figure/PLACE, #/finding/ID, #/check/ID, #/rules/ID … */
function show() {
  const [named, argument, start] = location.hash.replace(/^#\/?/, "").split("/");
  let name = named === "text" ? "at" : named;
  let wanted = named === "text" ? anchorAt(Number(start)) : decodeURIComponent(argument || "");
  if (name === "at" && !placesAt.has(wanted) && DATA.told[wanted]) [name, wanted] = ["finding", DATA.told[wanted][0]];
  const main = document.getElementById("main");
  const home = { finding: "findings", at: "", figure: "", check: "" }[name] ?? name;
  const tab = TABS.find(([own]) => own === home) || (name in { at: 1, figure: 1, check: 1 } ? null : TABS[0]);
  document.getElementById("nav").replaceChildren(h("ul", {}, TABS.map(([own, label]) => h("li", {}, h("a", { href: "#/" + own, "aria-current": tab && own === tab[0] ? "page" : null }, label())))));
  document.getElementById("language").href = "?lang=" + (state.language === "zh" ? "en" : "zh") + location.hash;
  for (const mark of document.querySelectorAll("mark.here")) mark.classList.remove("here");
  if (name === "at" || name === "figure") {
    const anchor = name === "at" ? wanted : anchorOf[Number(wanted)];
    main.replaceChildren(anchor ? placeView(anchor) : figureView(Number(wanted)));
    const places = anchor ? placesAt.get(anchor) || [] : [Number(wanted)];
    light(places, true);
    document.getElementById(anchor || "")?.classList.add("here");
  } else if (name === "check") {
    main.replaceChildren(checkView(wanted));
    if (checkPlaces.has(wanted)) light(placesOfCheck(checkPlaces.get(wanted)), true);
  } else if (name === "finding" && document.querySelector(".findings")) revealFinding(wanted);
  else {
    main.replaceChildren(tab[2](wanted));
    if (name === "finding") revealFinding(wanted);
  }
  if (name !== "finding") document.getElementById("found").scrollTop = 0;
}

/** The findings one after the other, by key. */
function step(by) {
  const ids = findings.filter((finding) => !finding.waiver).map((finding) => texts[checks.id[finding.check]]);
  if (!ids.length) return;
  const now = ids.indexOf(decodeURIComponent(location.hash.replace("#/finding/", "")));
  location.hash = "#/finding/" + encodeURIComponent(ids[(now + by + ids.length + (now < 0 && by < 0 ? 1 : 0)) % ids.length]);
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "Escape") location.hash = "#/findings";
});
document.getElementById("main").addEventListener("toggle", (event) => { if (event.target.matches("details.card, details.cause")) setTimeout(() => opened(event.target), 0); }, true);
addEventListener("hashchange", show);
show();
