// The findings: grouped by document and rule, heaviest first; filters and search above.

const FILTERS = ["severity", "verdict", "document", "region", "indicator", "rule"];
const chosen = { search: "", waived: true };
let drawing = null;

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
  if (name === "rule") return value + " " + phrase(DATA.rules.find((rule) => rule.id === value).title);
  return value;
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
  const clear = h("button", { type: "button", class: "plain", onclick: () => { for (const name of FILTERS) delete chosen[name]; chosen.search = ""; chosen.waived = true; show(); } }, _("Clear filters"));
  return h("div", { class: "filters", role: "search" }, h("label", { class: "filter wide" }, h("span", {}, _("search")), search), selects, waived, clear);
}

/** Groups of findings by document and rule; a group weighs as its findings do, errors first. */
function groups(list) {
  const found = new Map();
  for (const finding of list) {
    const name = checks.document[finding.check] + " " + checks.rule[finding.check];
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(finding);
  }
  const weight = (group) => group.reduce((sum, finding) => sum + (finding.waiver ? 0 : [1e6, 1e3, 1][finding.severity]), 0);
  return [...found.values()]
    .map((group) => [...group].sort((a, b) => !!a.waiver - !!b.waiver || a.severity - b.severity))
    .sort((a, b) => weight(b) - weight(a));
}

function card(finding) {
  const at = finding.check;
  const verdict = checks.verdict[at];
  const imbalance = texts[checks.imbalance[at]];
  const unit = texts[checks.unit[at]];
  const summary = h(
    "summary",
    {},
    badge(finding.severity),
    tick(verdict),
    h("span", { class: "card-key" }, keyOf(at)),
    h("span", { class: "card-message" }, texts[finding.message[state.language === "zh" ? 0 : 1]]),
    finding.waiver ? h("span", { class: "note" }, _("waived")) : null,
    finding.certain ? null : h("span", { class: "note" }, _("rests on a guess")),
    finding.change ? h("span", { class: "note change" }, { new: _("new"), worsened: _("worse than before"), changed: _("changed"), unchanged: _("unchanged") }[finding.change]) : null,
    h("span", { class: "card-gap" }, imbalance ? imbalance + " " + unit : ""),
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
  const why = texts[finding.why[state.language === "zh" ? 0 : 1]];
  details.append(
    h(
      "div",
      { class: "card-body" },
      h("p", { class: "message" }, texts[finding.message[state.language === "zh" ? 0 : 1]], why && !(item.rule && why === phrase(item.rule.because)) ? h("span", { class: "why" }, " ", why) : null),
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

function findingsView() {
  const count = h("p", { class: "count", role: "status" });
  const list = h("div", { class: "findings" });
  const redraw = () => {
    const shown = findings.filter(matches);
    count.textContent = shown.length === findings.length ? plural("{n} finding", "{n} findings", shown.length) : _("{shown} of {all} findings", { shown: shown.length, all: findings.length });
    drawFindings(list, shown);
  };
  const toggle = (open) => () => { if (drawing) drawing.finish(); for (const card of list.querySelectorAll("details")) card.open = open; };
  redraw();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Findings")),
    findings.length ? filterBar(redraw) : null,
    h("div", { class: "list-head" }, count, findings.length ? [h("button", { type: "button", class: "plain", onclick: toggle(true) }, _("Open all")), h("button", { type: "button", class: "plain", onclick: toggle(false) }, _("Close all"))] : null),
    findings.length ? list : h("p", { class: "empty" }, phrase(DATA.sentence)),
  );
}

function drawFindings(list, shown) {
  if (drawing) drawing.stop();
  list.replaceChildren();
  const rows = groups(shown).flatMap((group) => group.map((finding, at) => [finding, at, group.length]));
  const open = shown.length <= 8;
  let section = null;
  drawing = slices(rows.length, 120, (at) => {
    const [finding, inGroup, size] = rows[at];
    if (!inGroup) {
      const rule = DATA.rules[checks.rule[finding.check]];
      section = h(
        "section",
        { class: "group" },
        h("h3", {}, h("span", { class: "group-document" }, documentTitle(texts[checks.document[finding.check]])), h("span", { class: "group-rule" }, rule ? phrase(rule.title) : "—"), h("span", { class: "group-count" }, size)),
      );
      list.append(section);
    }
    const made = card(finding);
    section.append(made);
    if (open || at === 0) made.open = true;
  });
}

/** Opens one finding, wherever it is in the list, and goes to it. */
function revealFinding(id) {
  const target = () => document.getElementById("finding-" + id);
  if (!target() && drawing) drawing.finish();
  if (!target()) return;
  target().open = true;
  target().openCard();
  target().scrollIntoView({ block: "start" });
  target().querySelector("summary").focus({ preventScroll: true });
}
