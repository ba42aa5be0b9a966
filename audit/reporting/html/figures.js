// The figures with their tick marks, and one figure with all its checks.

const figureFilter = { search: "", document: "", idle: false };

function figuresView() {
  const holder = h("div");
  const count = h("p", { class: "count", role: "status" });
  const redraw = () => {
    const words = figureFilter.search.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [];
    for (let at = 0; at < figureCount; at++) {
      if (!figures.figure[at]) continue;
      if (figureFilter.document && texts[figures.document[at]] !== figureFilter.document) continue;
      if (figureFilter.idle && (figures.untold[at] || tally(at).some(Boolean))) continue;
      if (words.length) {
        const own = ["indicator", "region", "industry", "period", "clause", "evidence", "literal"].map((name) => texts[figures[name][at]]).join(" ").toLowerCase();
        if (!words.every((word) => own.includes(word))) continue;
      }
      rows.push(at);
    }
    count.textContent = plural("{n} figure", "{n} figures", rows.length);
    const text = (name) => (at) => texts[figures[name][at]];
    const coded = (name) => (at) => member(texts[figures[name][at]]);
    holder.replaceChildren(
      longTable(
        _("Figures"),
        [
          [_("ticks"), "6.5rem", (at) => ticksOf(at)],
          [_("figure"), "7rem", (at) => h("a", { class: "number", href: "#/figure/" + at }, stated(figure(at)))],
          [_("indicator"), "minmax(8rem, 1.2fr)", coded("indicator")],
          [_("region"), "5.5rem", coded("region")],
          [_("industry"), "minmax(5rem, .7fr)", coded("industry")],
          [_("period"), "5.5rem", text("period")],
          [_("place"), "minmax(8rem, 1.2fr)", (at) => place(figure(at))],
          [_("words of the plan"), "minmax(10rem, 2fr)", (at) => evidence(figure(at))],
        ],
        rows,
      ),
    );
  };
  redraw();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Figures")),
    h(
      "div",
      { class: "filters" },
      h("label", { class: "filter wide" }, h("span", {}, _("search")), h("input", { type: "search", value: figureFilter.search, oninput: (event) => { figureFilter.search = event.target.value; redraw(); } })),
      h("label", { class: "filter" }, h("span", {}, _("document")), h("select", { onchange: (event) => { figureFilter.document = event.target.value; redraw(); } }, h("option", { value: "" }, _("all")), DATA.documents.map((item) => h("option", { value: item.id, selected: figureFilter.document === item.id }, item.title)))),
      h("label", { class: "filter check" }, h("input", { type: "checkbox", checked: figureFilter.idle, onchange: (event) => { figureFilter.idle = event.target.checked; redraw(); } }), h("span", {}, _("only those no rule looked at"))),
    ),
    count,
    holder,
  );
}

/** One figure: what it says and where, and every check it takes part in, findings first. */
function figureView(at) {
  if (!(at >= 0 && at < figureCount)) return h("section", {}, h("h2", {}, _("There is no such figure in this report.")));
  const item = figure(at);
  const used = checksOf(at).sort((a, b) => findingOfCheck.has(b) - findingOfCheck.has(a) || a - b);
  const facts = [
    [_("indicator"), member(item.indicator)], [_("region"), member(item.region)], [_("industry"), member(item.industry)], [_("period"), item.period], [_("interval"), reading(item)],
    [_("document"), documentTitle(item.document)], [_("clause"), item.clause], [_("row"), item.row], [_("read from"), item.scanned && fromScan(item)],
  ];
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, stated(item), " ", h("small", {}, member(item.indicator))),
    h("p", { class: "quote" }, evidence(item)),
    h("dl", { class: "facts" }, facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    h("h3", {}, plural("{n} check of this figure", "{n} checks of this figure", used.length)),
    used.length ? null : h("p", { class: "empty" }, item.untold ? _("Its checks are counted only, since there are so many.") : _("No rule looked at this figure.")),
    h(
      "ul",
      { class: "uses" },
      used.slice(0, 500).map((place) => {
        const id = encodeURIComponent(texts[checks.id[place]]);
        const found = findingOfCheck.get(place);
        const rule = DATA.rules[checks.rule[place]];
        return h(
          "li",
          {},
          tick(checks.verdict[place]),
          found !== undefined ? badge(findings[found].severity) : null,
          h("a", { href: (found !== undefined ? "#/finding/" : "#/check/") + id }, rule ? phrase(rule.title) : keyOf(place)),
          h("span", { class: "number" }, texts[checks.relation[place]]),
        );
      }),
    ),
  );
}
