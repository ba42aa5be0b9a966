// Pictures for people who would rather look than read: matrix, sum tree, timeline, coverage.

const RANK = [1, 3, 4, 2];
const picked = { indicator: "", document: "", wholeMatrix: false };

/** The verdict that weighs most among a figure's checks; -1 for a figure that no rule looked at. */
function worst(place) {
  let found = -1;
  for (const at of checksOf(place)) if (found < 0 || RANK[checks.verdict[at]] > RANK[found]) found = checks.verdict[at];
  return found;
}

function heavier(a, b) {
  return a < 0 ? b : b < 0 ? a : RANK[a] >= RANK[b] ? a : b;
}

let matrixIndex = null;

/** By indicator, then by document: the figures, the verdict that weighs most, and the checks that fail. */
function matrix() {
  if (matrixIndex) return matrixIndex;
  const rows = new Map();
  for (let at = 0; at < figureCount; at++) {
    const name = texts[figures.indicator[at]];
    if (!figures.figure[at] || !name) continue;
    if (!rows.has(name)) rows.set(name, { name, cells: new Map(), verdict: -1, count: 0 });
    const row = rows.get(name);
    const document = texts[figures.document[at]];
    if (!row.cells.has(document)) row.cells.set(document, { failures: new Set(), verdict: -1, places: [] });
    const cell = row.cells.get(document);
    for (const used of checksOf(at)) if (checks.verdict[used] === 1 || checks.verdict[used] === 2) cell.failures.add(used);
    cell.places.push(at);
    cell.verdict = heavier(cell.verdict, worst(at));
    row.count++;
    row.verdict = heavier(row.verdict, cell.verdict);
  }
  const rank = (row) => (row.verdict < 0 ? 0 : RANK[row.verdict]);
  matrixIndex = [...rows.values()].sort((a, b) => rank(b) - rank(a) || b.cells.size - a.cells.size || b.count - a.count || (a.name < b.name ? -1 : 1));
  return matrixIndex;
}

function goTo(document, indicator) {
  clearFilters();
  Object.assign(chosen, { document, indicator });
  if (findings.some(matches)) return (location.hash = "#/findings");
  delete chosen.document;
  delete chosen.indicator;
  Object.assign(figureFilter, { document, search: indicator, idle: false });
  location.hash = "#/figures";
}

function matrixPicture() {
  const rows = matrix();
  const present = new Set(rows.flatMap((row) => [...row.cells.keys()]));
  const columns = [...documents.keys()].filter((id) => present.has(id)).concat([...present].filter((id) => !documents.has(id)));
  const shown = picked.wholeMatrix ? rows : rows.slice(0, 24);
  return h(
    "div",
    {},
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Documents and indicators") },
      h(
        "table",
        { class: "matrix" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, _("indicator")), columns.map((id) => h("th", { scope: "col", title: documentTitle(id) }, shortTitle(id))))),
        h(
          "tbody",
          {},
          shown.map((row) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, h("button", { type: "button", class: "plain name", onclick: () => { picked.indicator = row.name; picked.document = ""; show(); document.getElementById("by-indicator").scrollIntoView(); } }, member(row.name))),
              columns.map((id) => {
                const cell = row.cells.get(id);
                if (!cell) return h("td", {}, h("span", { class: "unseen" }, _("none")));
                const label = member(row.name) + ", " + documentTitle(id) + ": " + (cell.verdict < 0 ? _("not looked at") : verdictLabel(cell.verdict)) + ", " + plural("{n} figure", "{n} figures", cell.places.length) + (cell.failures.size ? ", " + plural("{n} check fails", "{n} checks fail", cell.failures.size) : "");
                return h("td", {}, h("button", { type: "button", class: "cell " + (cell.verdict < 0 ? "idle" : VERDICTS[cell.verdict]), "aria-label": label, title: label, onclick: () => goTo(id, row.name) }, cell.verdict < 0 ? "·" : TICKS[cell.verdict], cell.failures.size ? h("small", {}, cell.failures.size) : null));
              }),
            ),
          ),
        ),
      ),
    ),
    rows.length > shown.length ? h("button", { type: "button", class: "plain", onclick: () => { picked.wholeMatrix = true; show(); } }, _("Show all {n} indicators", { n: rows.length })) : null,
    h("p", { class: "legend" }, [2, 1, 3, 0].map((verdict) => [tick(verdict, true), " "]), h("span", { class: "tick idle" }, "· ", _("not looked at"))),
  );
}

/** Which region or industry is a part of which, as the checks of these figures put them together. */
function parents(places) {
  const own = new Set(places);
  const found = new Map();
  const name = (at) => [texts[figures.region[at]], texts[figures.industry[at]]].filter(Boolean).map(member).join(" · ") || "—";
  for (const at of places)
    for (const used of checksOf(at)) {
      const cells = Array.from(checks.figures.slice(checks.first[used], checks.first[used + 1]));
      if (cells.length < 3 || cells[0] !== at || !cells.every((cell) => own.has(cell) && figures.period[cell] === figures.period[at])) continue;
      for (const cell of cells.slice(1)) if (name(cell) !== name(at)) found.set(name(cell), name(at));
    }
  return { found, name };
}

/** An indicator in one document: whole and parts as rows, years as columns, each figure with its mark. */
function sumTree(places) {
  const { found, name } = parents(places);
  const periods = [...new Set(places.map((at) => texts[figures.period[at]]))].sort();
  const names = [...new Set(places.map(name))];
  const depth = (row, seen = new Set()) => (found.has(row) && !seen.has(row) ? 1 + depth(found.get(row), seen.add(row)) : 0);
  const path = (row, seen = new Set()) => (found.has(row) && !seen.has(row) ? [...path(found.get(row), seen.add(row)), row] : [row]);
  const order = (row) => path(row).map((part) => String(names.indexOf(part)).padStart(4, "0")).join("/");
  names.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Whole and parts by year") },
    h(
      "table",
      { class: "tree" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, _("region") + " · " + _("industry")), periods.map((period) => h("th", { scope: "col" }, period || "—")))),
      h(
        "tbody",
        {},
        names.map((row) =>
          h(
            "tr",
            {},
            h("th", { scope: "row", class: "depth-" + Math.min(depth(row), 4) }, row),
            periods.map((period) =>
              h(
                "td",
                {},
                places
                  .filter((at) => name(at) === row && texts[figures.period[at]] === period)
                  .map((at) => {
                    const verdict = worst(at);
                    return h("a", { class: "leaf " + (verdict < 0 ? "idle" : VERDICTS[verdict]), href: "#/figure/" + at }, stated(figure(at)), " ", verdict < 0 ? h("span", { class: "unseen" }, _("not looked at")) : tick(verdict));
                  }),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

const SHAPES = [
  (x, y) => svg("circle", { cx: x, cy: y, r: 5 }),
  (x, y) => svg("rect", { x: x - 4.5, y: y - 4.5, width: 9, height: 9 }),
  (x, y) => svg("path", { d: `M${x} ${y - 6}L${x + 6} ${y + 5}L${x - 6} ${y + 5}Z` }),
  (x, y) => svg("path", { d: `M${x} ${y - 6.5}L${x + 6.5} ${y}L${x} ${y + 6.5}L${x - 6.5} ${y}Z` }),
];

/** The figures of one indicator over the years; a whisker is the interval, an arrow an open bound. */
function timeline(places) {
  const points = places
    .map((at) => ({ at, year: Number((texts[figures.period[at]].match(/\d{4}$/) || [])[0]), value: Number(texts[figures.value[at]] || texts[figures.low[at]] || texts[figures.high[at]]) }))
    .filter((point) => point.year && !Number.isNaN(point.value));
  if (points.length < 2) return h("p", { class: "empty" }, _("Fewer than two dated figures: nothing to draw."));
  const series = new Map();
  const several = new Set(points.map((point) => figures.document[point.at])).size > 1;
  for (const point of points) {
    const name = [several && shortTitle(texts[figures.document[point.at]]), member(texts[figures.region[point.at]]), member(texts[figures.industry[point.at]]), measureLabel(texts[figures.measure[point.at]])].filter(Boolean).join(" · ");
    if (!series.has(name)) series.set(name, []);
    series.get(name).push(point);
  }
  const lines = [...series].sort((a, b) => b[1].length - a[1].length).slice(0, 8);
  const drawn = lines.flatMap(([, own]) => own);
  const years = drawn.map((point) => point.year);
  const from = Math.min(...years), to = Math.max(...years);
  const bound = (point, name) => (texts[figures[name][point.at]] === "" ? null : Number(texts[figures[name][point.at]]));
  const top = Math.max(...drawn.map((point) => Math.max(point.value, bound(point, "high") ?? point.value))) * 1.15 || 1;
  const W = 760, H = 300, L = 70, B = 34;
  const x = (year) => (to === from ? W / 2 : L + 30 + ((year - from) / (to - from)) * (W - L - 80));
  const y = (value) => H - B - (Math.max(value, 0) / top) * (H - B - 16);
  const unit = texts[figures.unit[drawn[0].at]];
  const step = 10 ** Math.floor(Math.log10(top));
  const marks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => (n * step * (top / step < 3 ? 0.5 : 1))).filter((value) => value <= top);
  const axis = [
    ...marks.map((value) => [svg("line", { x1: L, x2: W - 20, y1: y(value), y2: y(value), class: "grid" }), svg("text", { x: L - 8, y: y(value) + 4, "text-anchor": "end" }, String(Math.round(value * 1000) / 1000))]),
    ...Array.from({ length: to - from + 1 }, (unused, at) => svg("text", { x: x(from + at), y: H - 10, "text-anchor": "middle" }, String(from + at))),
    svg("text", { x: L - 8, y: 12, "text-anchor": "end" }, unit),
  ];
  const body = lines.map(([, own], at) => {
    const sorted = [...own].sort((a, b) => a.year - b.year);
    const path = sorted.map((point, index) => (index ? "L" : "M") + x(point.year) + " " + y(point.value)).join("");
    return svg(
      "g",
      { class: "series series-" + at },
      svg("path", { d: path, class: "line" }),
      sorted.map((point) => {
        const low = bound(point, "low"), high = bound(point, "high");
        const px = x(point.year);
        const whisker = low === high ? null : [
          svg("line", { x1: px, x2: px, y1: y(low ?? 0), y2: high === null ? 14 : y(high), class: "whisker" }),
          high === null ? svg("path", { d: `M${px - 4} 20L${px} 12L${px + 4} 20`, class: "whisker" }) : null,
        ];
        return svg("a", { href: "#/figure/" + point.at, "aria-label": stated(figure(point.at)) + " " + point.year }, whisker, SHAPES[at % SHAPES.length](px, y(point.value)), svg("title", {}, stated(figure(point.at)) + " · " + point.year));
      }),
    );
  });
  return h(
    "figure",
    { class: "timeline" },
    svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "group", "aria-label": _("Timeline of {indicator}", { indicator: member(texts[figures.indicator[places[0]]]) }) }, axis, body),
    h("figcaption", {}, lines.map(([name], at) => h("span", { class: "key series-" + at }, svg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, SHAPES[at % SHAPES.length](7, 7)), " ", name)), series.size > lines.length ? h("span", { class: "quiet" }, _("and {n} more", { n: series.size - lines.length })) : null),
  );
}

function coveragePicture() {
  let before = "";
  return h(
    "table",
    { class: "coverage" },
    h("thead", {}, h("tr", {}, [_("document"), _("chapter"), _("figures"), _("checked"), _("coverage")].map((head) => h("th", { scope: "col" }, head)))),
    h(
      "tbody",
      {},
      DATA.chapters.map(([document, label, total, covered]) => {
        const first = before !== texts[document];
        before = texts[document];
        return h(
          "tr",
          { class: first ? "first" : "" },
          h("td", {}, first ? documentTitle(texts[document]) : ""),
          h("th", { scope: "row" }, texts[label]),
          h("td", { class: "number" }, total),
          h("td", { class: "number" }, covered),
          h("td", {}, h("span", { class: "meter" }, h("span", { class: "meter-fill", "width%": total ? (covered / total) * 100 : 0 })), " ", Math.floor((covered / Math.max(total, 1)) * 100) + "%"),
        );
      }),
    ),
  );
}

function picturesView() {
  const rows = matrix();
  if (!rows.length) return h("section", { "aria-labelledby": "view-title" }, h("h2", { id: "view-title" }, _("Pictures")), h("p", { class: "empty" }, _("This report holds no figures to draw; make it with --all.")));
  const row = rows.find((item) => item.name === picked.indicator) || rows[0];
  picked.indicator = row.name;
  const ids = [...row.cells.keys()].sort((a, b) => row.cells.get(b).places.length - row.cells.get(a).places.length);
  if (!row.cells.has(picked.document)) picked.document = ids[0];
  const choose = (name, values, label) =>
    h("label", { class: "filter roomy" }, h("span", {}, filterLabel(name)), h("select", { onchange: (event) => { picked[name] = event.target.value; if (name === "indicator") picked.document = ""; show(); document.getElementById("by-indicator").scrollIntoView(); } }, values.map((value) => h("option", { value, selected: picked[name] === value }, label(value)))));
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Pictures")),
    h("h3", {}, _("Documents and indicators")),
    matrixPicture(),
    h("h3", { id: "by-indicator" }, _("One indicator: whole and parts by year")),
    h("div", { class: "filters" }, choose("indicator", rows.map((item) => item.name), member), choose("document", ids, documentTitle)),
    sumTree(row.cells.get(picked.document).places),
    h("h3", {}, _("Over the years, with bounds")),
    timeline(ids.flatMap((id) => row.cells.get(id).places)),
    h("h3", {}, _("Coverage by chapter")),
    coveragePicture(),
  );
}
