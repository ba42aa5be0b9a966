// Causes with their findings, in the order of the report; filters and search above.

const FILTERS = ["severity", "verdict", "document", "region", "indicator", "rule"];
const chosen = { search: "", waived: true };
let drawing = null;

/** The first finding of each group in the list of all. */
const groupStarts = DATA.groups.reduce((starts, group) => [...starts, starts[starts.length - 1] + group.findings], [0]);

/** What a finding can be filtered and searched by; made once a finding. */
function facets(finding) {
  if (finding.facets) return finding.facets;
  const item = check(finding.check);
  const all = (name) => new Set(item.cells.map((cell) => cell[name]).filter(Boolean));
  const rule = item.rule;
  const words = [item.key, item.id, item.relation, ...finding.message.map((text) => texts[text])];
  if (rule) words.push(rule.id, rule.title.zh, rule.title.en);
  for (const cell of item.cells) words.push(cell.operand, cell.clause, cell.evidence, cell.literal, documentTitle(cell.document));
  finding.facets = {
    severity: new Set([SEVERITIES[finding.severity]]),
    verdict: new Set([VERDICTS[item.verdict]]),
    document: all("document").add(item.document),
    region: all("region"),
    indicator: all("indicator"),
    rule: new Set(rule ? [rule.id] : []),
    words: words.join("\n").toLowerCase(),
  };
  return finding.facets;
}

function matches(finding) {
  if (!chosen.waived && finding.waiver) return false;
  const own = facets(finding);
  if (FILTERS.some((name) => chosen[name] && !own[name].has(chosen[name]))) return false;
  return chosen.search.toLowerCase().split(/\s+/).every((word) => own.words.includes(word));
}

function filterLabel(name) {
  return { severity: _("severity"), verdict: _("verdict"), document: _("document"), region: _("region"), indicator: _("indicator"), rule: _("rule") }[name];
}

function optionLabel(name, value) {
  if (name === "severity") return severityLabel(SEVERITIES.indexOf(value));
  if (name === "verdict") return verdictLabel(VERDICTS.indexOf(value));
  if (name === "document") return documentTitle(value);
  if (name === "rule") return phrase(DATA.rules.find((rule) => rule.id === value).title);
  return member(value);
}

function filterBar(redraw) {
  const selects = FILTERS.map((name) => {
    const counts = new Map();
    for (const finding of findings) for (const value of facets(finding)[name]) if (value) counts.set(value, (counts.get(value) || 0) + 1);
    if (counts.size < 2 && !chosen[name]) return null;
    const order = { severity: SEVERITIES, verdict: VERDICTS }[name];
    const values = [...counts.keys()].sort((a, b) => (order ? order.indexOf(a) - order.indexOf(b) : counts.get(b) - counts.get(a) || (a < b ? -1 : 1)));
    return h(
      "label",
      { class: "filter" },
      h("span", {}, filterLabel(name)),
      h(
        "select",
        { "data-filter": name, onchange: (event) => { chosen[name] = event.target.value; redraw(); } },
        h("option", { value: "" }, _("all")),
        values.map((value) => h("option", { value, selected: chosen[name] === value }, optionLabel(name, value) + " (" + counts.get(value) + ")")),
      ),
    );
  });
  const search = h("input", { type: "search", id: "search", value: chosen.search, placeholder: _("words, figures, clauses …"), oninput: (event) => { chosen.search = event.target.value.trim(); redraw(); } });
  const waived = DATA.summary.waived
    ? h("label", { class: "filter check" }, h("input", { type: "checkbox", checked: chosen.waived, onchange: (event) => { chosen.waived = event.target.checked; redraw(); } }), h("span", {}, _("show waived")))
    : null;
  const clear = h("button", { type: "button", class: "plain", onclick: () => { clearFilters(); show(); } }, _("Clear filters"));
  return h("div", { class: "filters", role: "search" }, h("label", { class: "filter wide" }, h("span", {}, _("search")), search), selects, waived, clear);
}

function clearFilters() {
  for (const name of FILTERS) delete chosen[name];
  chosen.search = "";
  chosen.waived = true;
}

/** The groups that have a finding to show, each with those. */
function shownGroups() {
  return DATA.groups
    .map((group, at) => ({ group, number: at + 1, shown: findings.slice(groupStarts[at], groupStarts[at + 1]).filter(matches) }))
    .filter(({ shown }) => shown.length);
}

function notes(finding) {
  return [
    finding.waiver ? h("span", { class: "note" }, _("waived")) : null,
    told(finding.doubt) ? h("span", { class: "note" }, told(finding.doubt)) : null,
    finding.change ? h("span", { class: "note change" }, { new: _("new"), worsened: _("worse than before"), changed: _("changed"), unchanged: _("unchanged") }[finding.change]) : null,
  ];
}

function card(finding) {
  const at = finding.check;
  const imbalance = texts[checks.imbalance[at]];
  const summary = h(
    "summary",
    {},
    badge(finding.severity),
    tick(checks.verdict[at]),
    h("span", { class: "card-message" }, told(finding.message), notes(finding)),
    h("span", { class: "card-gap" }, imbalance ? imbalance + " " + texts[checks.unit[at]] : ""),
  );
  const details = h("details", { class: "card " + SEVERITIES[finding.severity] + (finding.waiver ? " waived" : ""), id: "finding-" + texts[checks.id[at]] }, summary);
  details.addEventListener("toggle", () => details.open && openCard(details, finding));
  details.openCard = () => openCard(details, finding);
  return details;
}

/** Fills a card when it is first opened. */
function openCard(details, finding) {
  if (details.children.length > 1) return;
  const item = check(finding.check);
  const waiver = finding.waiver;
  const why = told(finding.why);
  details.append(
    h(
      "div",
      { class: "card-body" },
      why ? h("p", { class: "message why" }, why) : null,
      waiver ? h("p", { class: "waiver" }, _("waived by {by} on {on} until {until}: {reason} ({category})", waiver)) : null,
      equation(item),
      balance(item),
      bars(item),
      item.cells.length ? operandTable(item) : null,
      ruleNote(item.rule),
      h("p", { class: "identity" }, h("a", { href: "#/finding/" + encodeURIComponent(item.id) }, "#" + item.id)),
    ),
  );
}

/** A cause: what is wrong, where, the likely correction, how sure it is, what it would settle; its findings below. */
function causeCard({ group, number, shown }) {
  const summary = h(
    "summary",
    {},
    h("span", { class: "cause-number" }, number),
    badge(group.severity),
    h("span", { class: "cause-heading" }, told(group.heading)),
    told(group.confidence) ? h("span", { class: "note" }, told(group.confidence)) : null,
    h("span", { class: "group-count" }, plural("{n} finding", "{n} findings", shown.length)),
  );
  const details = h("details", { class: "cause " + SEVERITIES[group.severity] + (group.waived ? " waived" : "") }, summary);
  details.openCard = () => openCause(details, group, shown);
  details.addEventListener("toggle", () => details.open && details.openCard());
  for (const finding of shown) finding.home = details;
  return details;
}

/** Fills a cause when it is first opened. */
function openCause(details, group, shown) {
  if (details.children.length > 1) return;
  const facts = [
    [_("where"), group.cause ? told(group.where) : ""],
    [_("qualification"), group.waived ? "" : told(group.qualification)],
    [_("recommendation"), group.waived ? "" : told(group.recommendation)],
    [_("what it would settle"), told(group.effect)],
    [_("responsible body"), group.waived ? "" : told(group.responsible)],
  ];
  const cards = h("div", { class: "cards" });
  details.append(
    h("dl", { class: "rule-note cause-facts" }, facts.filter(([, value]) => value).map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    cards,
  );
  details.filling = slices(shown.length, 60, (at) => cards.append(card(shown[at])));
  if (shown.length === 1) cards.firstChild.open = true;
}

function findingsView() {
  const count = h("p", { class: "count", role: "status" });
  const list = h("div", { class: "findings" });
  const redraw = () => {
    const found = shownGroups();
    const shown = found.reduce((sum, item) => sum + item.shown.length, 0);
    count.textContent =
      (shown === findings.length ? plural("{n} finding", "{n} findings", shown) : _("{shown} of {all} findings", { shown, all: findings.length })) +
      " · " + plural("{n} cause", "{n} causes", found.length);
    drawFindings(list, found);
  };
  const toggle = (open) => () => { drawing?.finish(); for (const own of list.querySelectorAll("details.cause")) openAll(own, open); };
  redraw();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Causes and findings")),
    findings.length ? filterBar(redraw) : null,
    h("div", { class: "list-head" }, count, findings.length ? [h("button", { type: "button", class: "plain", onclick: toggle(true) }, _("Open all")), h("button", { type: "button", class: "plain", onclick: toggle(false) }, _("Close all"))] : null),
    findings.length ? list : h("p", { class: "empty" }, phrase(DATA.sentence)),
  );
}

/** Opens a cause with all its findings, or closes it. */
function openAll(details, open) {
  if (open) {
    details.openCard();
    details.filling.finish();
    for (const own of details.querySelectorAll("details.card")) { own.open = true; own.openCard(); }
  }
  details.open = open;
}

function drawFindings(list, found) {
  drawing?.stop();
  list.replaceChildren();
  const few = found.reduce((sum, item) => sum + item.shown.length, 0) <= 8;
  drawing = slices(found.length, 120, (at) => {
    const made = causeCard(found[at]);
    list.append(made);
    if (few) openAll(made, true);
    else if (at === 0) made.open = true;
  });
}

/** Opens one finding, wherever it is in the list, and goes to it. */
function revealFinding(id) {
  drawing?.finish();
  const finding = findings.find((one) => texts[checks.id[one.check]] === id);
  if (!finding || !finding.home) return;
  finding.home.open = true;
  finding.home.openCard();
  finding.home.filling.finish();
  const target = document.getElementById("finding-" + id);
  target.open = true;
  target.openCard();
  target.scrollIntoView({ block: "start" });
  target.querySelector("summary").focus({ preventScroll: true });
}
