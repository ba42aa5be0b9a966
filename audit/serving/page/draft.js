// The page of one draft: the paper on the left, what was found on the right, told by the report's own components.

/** The places of the figures that stand at an anchor of the paper, and the anchor of each. */
const anchorOf = figures.id.map((text, at) => (figures.start[at] >= 0 ? "figure-" + figures.start[at] + "-" + figures.end[at] : DATA.anchors[texts[text]] || ""));
const placesAt = new Map();
anchorOf.forEach((anchor, at) => { if (anchor) placesAt.set(anchor, [...(placesAt.get(anchor) || []), at]); });

/** Numbers that are tried, by the id of the figure. */
const tried = {};

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

/** Lights the marks of these figures and goes to the first; returns how many there are. */
function light(places, still) {
  return lightAt(places.map((at) => anchorOf[at]), still);
}

function lightAt(anchors, still) {
  for (const lit of document.querySelectorAll("mark.lit")) lit.classList.remove("lit");
  const marks = [...new Set(anchors.filter(Boolean))].map((anchor) => document.getElementById(anchor)).filter(Boolean);
  for (const mark of marks) mark.classList.add("lit");
  const paper = document.getElementById("paper");
  const seen = marks.find((mark) => { const box = mark.getBoundingClientRect(), frame = paper.getBoundingClientRect(); return box.top >= frame.top && box.bottom <= frame.bottom; });
  if (marks.length && !(still && seen)) marks[0].scrollIntoView({ block: "center" });
  return marks.length;
}

function placesOfCheck(at) {
  return checks.figures.slice(checks.first[at], checks.first[at + 1]);
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

/** The buttons of a finding: accept, dispute, mark for checking, each with a reason. */
function decisions(card) {
  const body = card.querySelector(".card-body");
  if (!body || body.querySelector(".decide")) return;
  const id = card.id.slice("finding-".length);
  const finding = findings.find((one) => texts[checks.id[one.check]] === id);
  if (!finding || finding.waiver) return;
  const day = new Date(Date.now() + 365 * 864e5).toISOString().slice(0, 10);
  const fault = h("p", { class: "fault", role: "alert" });
  const field = (name, label, input) => h("label", { class: "filter" }, h("span", {}, label), input);
  const category = h("select", { name: "category" }, DATA.decisions.map(([name, label]) => h("option", { value: name }, label)));
  const reason = h("input", { name: "reason", required: true, autocomplete: "off" });
  const by = h("input", { name: "by", required: true, autocomplete: "off", value: sessionStorage.getItem("by") || "" });
  const until = h("input", { name: "until", type: "date", required: true, value: day });
  const send = async (event) => {
    event.preventDefault();
    sessionStorage.setItem("by", by.value);
    try {
      await asks("decisions", { finding: id, category: category.value, reason: reason.value, by: by.value, until: until.value });
      location.reload();
    } catch (wrong) {
      fault.textContent = wrong.message;
    }
  };
  body.append(
    h(
      "details",
      { class: "decide" },
      h("summary", {}, _("Accept, dispute or mark for checking")),
      h("form", { onsubmit: send }, field("category", _("what it is"), category), field("reason", _("reason"), reason), field("by", _("who decides"), by), field("until", _("until"), until), h("button", { type: "submit" }, _("Keep this decision"))),
      h("p", { class: "quiet" }, DATA.served.keeps ? _("Kept in the workspace's waivers.") : _("Kept until the server is closed.")),
      fault,
    ),
  );
}

/** One place of the paper: every figure that stands there, each with its relations, and another number tried. */
function placeView(anchor) {
  const places = placesAt.get(anchor) || [];
  const each = [...new Map([...places].reverse().map((at) => [figures.id[at], at])).values()].reverse();
  return h("div", {}, each.map((at) => oneFigure(at)));
}

function oneFigure(at) {
  const view = figureView(at);
  if (figures.figure[at] && texts[figures.value[at]] !== "") view.querySelector("h2").after(tryForm(at));
  return view;
}

/** A form that tries another number and tells at once what would break, and what range keeps all true. */
function tryForm(at) {
  const id = texts[figures.id[at]];
  const field = "try-" + at;
  const outcome = h("div", { class: "outcome", role: "status" });
  const input = h("input", { id: field, inputmode: "decimal", autocomplete: "off", value: tried[id] || texts[figures.value[at]] });
  let asking = 0;
  const run = async () => {
    const mine = ++asking;
    if (input.value.trim() === "" || input.value.trim() === texts[figures.value[at]]) delete tried[id];
    else tried[id] = input.value.trim();
    try {
      const answer = await asks("try", { edits: { ...tried, [id]: tried[id] || texts[figures.value[at]] } });
      if (mine === asking) outcome.replaceChildren(...outcomeOf(answer, id));
    } catch (wrong) {
      if (mine === asking) outcome.replaceChildren(h("p", { class: "fault" }, wrong.message));
    }
    marksTried();
  };
  let later = 0;
  input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(run, 120); });
  const form = h(
    "form",
    { class: "try", onsubmit: (event) => { event.preventDefault(); clearTimeout(later); run(); } },
    h("label", { for: field }, _("Try another number")),
    h("span", {}, input, " ", texts[figures.unit[at]]),
    h("button", { type: "submit" }, _("Try")),
    h("button", { type: "button", class: "plain", onclick: () => { for (const name of Object.keys(tried)) delete tried[name]; input.value = texts[figures.value[at]]; outcome.replaceChildren(); marksTried(); } }, _("As it was")),
    outcome,
  );
  if (tried[id]) run();
  return form;
}

function outcomeOf(answer, id) {
  const groups = [["broken", _("would break")], ["settled", _("would be settled")], ["staying", _("would still be found")], ["holding", _("would come to hold")], ["lost", _("could no longer be tested")]];
  const shown = groups.filter(([name]) => answer[name].length).map(([name, label]) =>
    h("div", {}, h("h4", {}, label), h("ul", { class: "uses" }, answer[name].map((item) => {
      const rule = DATA.rules.find((own) => own.id === item.rule);
      const verdict = name === "settled" ? 0 : VERDICTS.indexOf(item.verdict);
      return h("li", { class: name }, tick(verdict), h("span", {}, rule ? phrase(rule.title) : item.rule), h("span", { class: "number" }, item.relation));
    }))),
  );
  const range = answer.ranges.find((own) => own.figure === id);
  return [
    ...(shown.length ? shown : [h("p", {}, _("No relation that is checked would be told otherwise."))]),
    range ? h("p", { class: "range" }, range[state.language]) : null,
    h("p", { class: "quiet" }, _("Only tried: nothing is written to the file.")),
  ].filter(Boolean);
}

/** Marks on the paper that stand for another number now. */
function marksTried() {
  for (const mark of document.querySelectorAll("mark[data-tried]")) mark.removeAttribute("data-tried");
  for (const [id, value] of Object.entries(tried)) {
    const mark = document.getElementById(DATA.anchors[id] || "");
    if (mark) mark.dataset.tried = "→ " + value;
  }
}

/** What differs from another file of this visit. */
function compareView() {
  const outcome = h("div", { role: "status" });
  const others = DATA.served.others;
  const run = async (event) => {
    event.preventDefault();
    outcome.replaceChildren(h("progress", { "aria-label": _("comparing") }));
    try {
      const answer = await asks("compare", { with: event.target.elements.with.value });
      outcome.replaceChildren(h("p", {}, answer.totals), ...answer.sections.map((section) => [
        h("h3", {}, section.title),
        h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": section.title }, h("table", {},
          h("thead", {}, h("tr", {}, section.heads.map((head) => head ? h("th", { scope: "col" }, head) : h("td", {})))),
          h("tbody", {}, section.rows.map((cells, at) => h("tr", { class: section.kinds[at] }, cells.map((cell) => h("td", {}, cell))))))),
      ]).flat());
    } catch (wrong) {
      outcome.replaceChildren(h("p", { class: "fault" }, wrong.message));
    }
  };
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Compare with an earlier draft")),
    others.length
      ? h("form", { class: "try", onsubmit: run }, h("label", { for: "with" }, _("The earlier draft")), h("select", { id: "with", name: "with" }, others.map((other) => h("option", { value: other.id }, other.name))), h("button", { type: "submit" }, _("Compare")))
      : h("p", {}, _("Bring the earlier draft too, on the page of all files; then choose it here.")),
    outcome,
  );
}

/** A rule said in words: its text, its examples, what it binds and finds here, before it is kept. */
function stateView() {
  const outcome = h("div", { role: "status" });
  const dimensions = [["indicator", _("indicator")], ["region", _("region")], ["industry", _("industry")]].filter(([name]) => membersOf(name).length > 1);
  const says = [["sum", _("is made up of")], ["within", _("is at least the sum of")], ["at_most", _("is at most")], ["below", _("stays below")], ["equal", _("is the same as")]];
  const options = (list) => list.map(([value, label]) => h("option", { value }, label));
  const dimension = h("select", { name: "dimension", onchange: () => fillMembers() }, options(dimensions));
  const whole = h("select", { name: "whole" });
  const relation = h("select", { name: "says", onchange: () => fillMembers() }, options(says));
  const parts = h("select", { name: "parts", multiple: true, size: 8 });
  const title = h("input", { name: "title", required: true, autocomplete: "off" });
  const because = h("input", { name: "because", required: true, autocomplete: "off" });
  const severity = h("select", { name: "severity" }, options([["error", _("error")], ["warning", _("warning")]]));
  const fillMembers = () => {
    const members = membersOf(dimension.value).map((name) => [name, member(name)]);
    const before = [whole.value, new Set([...parts.selectedOptions].map((own) => own.value))];
    whole.replaceChildren(...options(members));
    parts.replaceChildren(...options(members));
    if (members.some(([name]) => name === before[0])) whole.value = before[0];
    for (const own of parts.options) own.selected = before[1].has(own.value);
    parts.multiple = relation.value === "sum" || relation.value === "within";
  };
  const run = async (keep) => {
    const asked = { title: title.value, because: because.value, dimension: dimension.value, says: relation.value, whole: whole.value, severity: severity.value, parts: [...parts.selectedOptions].map((own) => own.value), keep };
    try {
      const answer = await asks("rule", asked);
      outcome.replaceChildren(...ruleOutcome(answer, () => run(true)));
      outcome.scrollIntoView({ block: "start" });
      lightAt(answer.checks.flatMap((item) => item.figures.map((id) => DATA.anchors[id])), true);
    } catch (wrong) {
      outcome.replaceChildren(h("p", { class: "fault" }, wrong.message));
    }
  };
  const field = (label, input, wide) => h("label", { class: "filter" + (wide ? " wide" : "") }, h("span", {}, label), input);
  if (!dimensions.length) return h("section", {}, h("h2", { id: "view-title" }, _("New rule")), h("p", {}, _("There is nothing here that a rule could compare.")));
  fillMembers();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Say a rule in words")),
    h(
      "form",
      { class: "state", onsubmit: (event) => { event.preventDefault(); run(false); } },
      field(_("what is compared"), dimension), field(_("this"), whole, true), field(_("how"), relation), field(_("these (Ctrl for several)"), parts, true),
      field(_("name of the rule"), title, true), field(_("why it must hold"), because, true), field(_("a finding is"), severity),
      h("button", { type: "submit" }, _("See what it finds")),
    ),
    outcome,
  );
}

/** The members of a dimension that figures here have, in the order of the text. */
function membersOf(name) {
  return [...new Set(figures[name].filter((text, at) => figures.figure[at]).map((text) => texts[text]).filter(Boolean))];
}

function ruleOutcome(answer, keep) {
  const bound = answer.checks.length;
  return [
    answer.kept ? h("p", { class: "range" }, _("Kept in the workspace; load the page again to see its findings.")) : null,
    h("p", {}, plural("It binds {n} time here.", "It binds {n} times here.", bound)),
    bound
      ? h("ul", { class: "uses" }, answer.checks.map((item) => h("li", {}, tick(VERDICTS.indexOf(item.verdict), true), h("span", { class: "number" }, item.relation || item.missing.join("、")))))
      : h("p", { class: "fault" }, _("It finds nothing to compare: the figures must agree in region, indicator, year and measure.")),
    h("h3", {}, _("Its examples")),
    h("ul", { class: "uses" }, answer.examples.map((item) => h("li", {}, h("span", {}, item.passed ? "✓" : "✗"), h("span", {}, verdictLabel(VERDICTS.indexOf(item.says)))))),
    h("h3", {}, _("Its text")),
    h("pre", { class: "text", tabindex: "0", "aria-label": _("Its text") }, answer.text),
    answer.kept ? null : DATA.served.keeps ? h("button", { type: "button", onclick: keep }, _("Keep the rule in the workspace")) : h("p", { class: "quiet" }, _("To keep it, put this text into a file in the folder rules/ of a workspace.")),
  ].filter(Boolean);
}

/** The anchor of the figure that begins there in the text of the draft. */
function anchorAt(start) {
  return anchorOf.find((anchor, at) => anchor && figures.start[at] === start) || "";
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
