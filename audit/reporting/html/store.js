// What the report holds, looked up by place. Numbers in columns are places of texts; see data.py.

const texts = DATA.texts;
const figures = DATA.figures;
const checks = DATA.checks;
const findings = DATA.findings;
const documents = new Map(DATA.documents.map((item) => [item.id, item]));
const checkPlaces = new Map(checks.id.map((text, place) => [texts[text], place]));
const findingOfCheck = new Map(findings.map((finding, place) => [finding.check, place]));

const COUNTED = new Set(["figure", "untold", "marked", "marked_to", "start", "end"]);

const figureCount = figures.id.length;
const checkCount = checks.id.length;

function figure(place) {
  const record = { place };
  for (const name of Object.keys(figures)) record[name] = COUNTED.has(name) ? figures[name][place] : texts[figures[name][place]];
  return record;
}

/** What a check is about, in a breath. */
function keyOf(place) {
  return texts[checks["key_" + state.language][place]];
}

function check(place) {
  const record = { place };
  for (const name of ["id", "document", "relation", "left", "right", "imbalance", "unit", "left_low", "left_high", "right_low", "right_high", "missing"])
    record[name] = texts[checks[name][place]];
  record.key = keyOf(place);
  record.verdict = checks.verdict[place];
  record.untold = checks.untold[place];
  record.rule = DATA.rules[checks.rule[place]] || null;
  record.cells = [];
  const operands = checks["operands_" + state.language];
  for (let at = checks.first[place]; at < checks.first[place + 1]; at++) record.cells.push({ operand: texts[operands[at]], ...figure(checks.figures[at]) });
  record.terms = checks.terms.slice(checks.ends[place], checks.ends[place + 1]).map((term) => (term < 0 ? { word: texts[-term] } : { cell: record.cells[term] }));
  return record;
}

let usesIndex = null;

let alikeIndex = null;

/** All places that tell of one figure: its own, and those of rows of other tables that say what it plays a part in. */
function alike(place) {
  if (!alikeIndex) {
    alikeIndex = new Map();
    for (let at = 0; at < figureCount; at++) {
      const name = figures.document[at] + " " + figures.id[at];
      if (!alikeIndex.has(name)) alikeIndex.set(name, []);
      alikeIndex.get(name).push(at);
    }
  }
  return alikeIndex.get(figures.document[place] + " " + figures.id[place]);
}

/** The checks that a figure takes part in, each once, in the order of the report. */
function checksOf(place) {
  if (!usesIndex) {
    const first = new Int32Array(figureCount + 1);
    for (const used of checks.figures) first[used + 1]++;
    for (let at = 0; at < figureCount; at++) first[at + 1] += first[at];
    const next = first.slice();
    const users = new Int32Array(checks.figures.length);
    for (let at = 0; at < checkCount; at++)
      for (let cell = checks.first[at]; cell < checks.first[at + 1]; cell++) users[next[checks.figures[cell]]++] = at;
    usesIndex = { first, users };
  }
  return [...new Set(alike(place).flatMap((at) => [...usesIndex.users.subarray(usesIndex.first[at], usesIndex.first[at + 1])]))].sort((a, b) => a - b);
}

/** How many checks of a figure have each verdict, in the order of VERDICTS. */
function tally(place) {
  const counts = [0, 0, 0, 0];
  for (const at of checksOf(place)) counts[checks.verdict[at]]++;
  return counts;
}

/** The checks of a figure as tick marks that lead to it; a figure that no rule looked at, or whose checks are counted only, says so. */
function ticksOf(place) {
  const counts = tally(place);
  if (!counts.some(Boolean)) return h("span", { class: "idle" }, figures.untold[place] ? _("counted only") : _("not looked at"));
  const marks = counts.map((count, verdict) => (count ? [tick(verdict), h("span", { class: "times" }, count)] : null));
  return h("a", { class: "ticks", href: "#/figure/" + place, title: _("All checks of this figure") }, marks);
}

function documentTitle(id) {
  const known = documents.get(id);
  return known ? known.title : id || "—";
}

/** A code in the page's language: codes are Chinese names, the labels of the code lists English. */
function member(code) {
  return state.language === "en" ? DATA.labels[code] || code : code;
}

/** A text of the page's language out of the places of both. */
function told(both) {
  return texts[both[state.language === "zh" ? 0 : 1]];
}

/** A short name: the words of a title after the body that issues it are what tells plans apart. */
function shortTitle(id) {
  const title = documentTitle(id).replace(/（.*?）|\(.*?\)/g, "");
  return title.length > 16 ? title.slice(0, 15) + "…" : title;
}

function interval(low, high) {
  if (low === "" && high === "") return "";
  if (low === high) return low;
  return (low === "" ? "(−∞" : "[" + low) + ", " + (high === "" ? "∞)" : high + "]");
}

/** The figure as an interval; empty where that is the stated number itself. */
function reading(cell) {
  return cell.low !== "" && cell.low === cell.high && cell.low === cell.value ? "" : interval(cell.low, cell.high);
}

function stated(cell) {
  const words = cell.literal || cell.value;
  return words ? words + cell.unit : "—";
}

/** The words of the plan with the figure marked. */
function evidence(cell) {
  if (!cell.evidence) return h("span", { class: "idle" }, "—");
  if (cell.marked < 0) return h("q", {}, cell.evidence);
  const text = Array.from(cell.evidence);
  const part = (from, to) => text.slice(from, to).join("");
  return h("q", {}, part(0, cell.marked), h("mark", {}, part(cell.marked, cell.marked_to)), part(cell.marked_to));
}

/** Where the row stands: clause and document, and the line of the table; a way into the source where it is given. */
function place(cell) {
  const title = cell.row || null;
  const clause = cell.start >= 0 ? h("a", { href: textAddress(cell), title: _("Read it in the source text") }, cell.clause || _("source text")) : h("b", {}, cell.clause);
  return h("span", { class: "place", title }, clause, " ", h("span", { class: "quiet" }, shortTitle(cell.document)), cell.scanned ? h("span", { class: "note" }, fromScan(cell)) : null);
}

/** Says of a figure that it was recognised in a scan. */
function fromScan(cell) {
  return _("scan, sure to {sure}", { sure: cell.scanned });
}

function textAddress(cell) {
  return "#/text/" + encodeURIComponent(cell.document) + "/" + cell.start;
}

/** Calls `work` for each item, in slices that leave the page responsive; the first slice at once. */
function slices(count, size, work) {
  let at = 0;
  const token = {};
  const step = () => {
    if (token.stopped) return;
    const end = Math.min(at + size, count);
    while (at < end) work(at++);
    if (at < count) setTimeout(step, 0);
  };
  step();
  token.stop = () => (token.stopped = true);
  token.finish = () => {
    token.stopped = true;
    while (at < count) work(at++);
  };
  return token;
}
