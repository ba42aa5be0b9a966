// The rules with what became of them, what could not be tested, and what the run read.

function rulesView(id) {
  const rows = DATA.rules.map((rule) =>
    h(
      "article",
      { class: "rule" + (rule.id === id ? " target" : ""), id: "rule-" + rule.id },
      h("h3", {}, phrase(rule.title), " ", h("code", {}, rule.id)),
      h(
        "p",
        { class: "rule-counts" },
        h("span", { class: "quiet" }, severityLabel(SEVERITIES.indexOf(rule.severity)), " · ", _("level {n}", { n: rule.level })),
        rule.unbound ? h("span", { class: "note" }, _("found nothing to check")) : VERDICTS.map((name, verdict) => (rule[name] ? [tick(verdict, true), h("span", { class: "times" }, rule[name])] : null)),
      ),
      h(
        "dl",
        { class: "rule-note" },
        h("dt", {}, _("What it checks")), h("dd", {}, h("code", {}, rule.expression)),
        h("dt", {}, _("Why")), h("dd", {}, phrase(rule.because)),
        rule.limits ? [h("dt", {}, _("What it does not check")), h("dd", {}, phrase(rule.limits))] : null,
        h("dt", {}, _("place")), h("dd", {}, h("code", {}, rule.source + ":" + rule.line)),
      ),
    ),
  );
  return h("section", { "aria-labelledby": "view-title" }, h("h2", { id: "view-title" }, _("Rules")), rows);
}

/** What could not be tested, one row a fact. */
function untestableView() {
  const titles = new Map(DATA.rules.map((rule) => [rule.id, rule.title]));
  const rows = DATA.gaps.map((gap) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, told(gap.missing)),
      h("td", {}, titles.has(texts[gap.rule]) ? phrase(titles.get(texts[gap.rule])) : texts[gap.rule]),
      h("td", {}, documentTitle(texts[gap.document])),
      h("td", { class: "number" }, gap.checks),
      h("td", { class: "keys" }, h("div", {}, gap.some.map((id) => h("a", { href: "#/check/" + encodeURIComponent(texts[id]) }, keyOf(checkPlaces.get(texts[id])))), gap.checks > gap.some.length ? h("span", { class: "quiet" }, _("and {n} more", { n: gap.checks - gap.some.length })) : null)),
    ),
  );
  const idle = DATA.rules.filter((rule) => rule.unbound);
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Not tested")),
    h("p", { class: "lead" }, _("None of this is a pass: a figure was missing, stated twice, or no rule applied.")),
    rows.length
      ? h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Could not be tested") }, h("table", { class: "plain-table" }, h("thead", {}, h("tr", {}, [_("missing"), _("rule"), _("document"), _("checks"), _("such as")].map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows)))
      : h("p", { class: "empty" }, _("Every check could be made.")),
    h("h3", {}, _("Rules that found nothing to check")),
    idle.length ? h("ul", {}, idle.map((rule) => h("li", {}, phrase(rule.title)))) : h("p", { class: "empty" }, _("none")),
  );
}

function sourcesView() {
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Sources")),
    h("h3", {}, _("Documents")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Documents") }, documentTable()),
    h("h3", {}, _("Files that were read")),
    h(
      "table",
      { class: "plain-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, _("file")), h("th", { scope: "col" }, "SHA-256"))),
      h("tbody", {}, DATA.inputs.map(([path, digest]) => h("tr", {}, h("td", {}, path), h("td", {}, h("code", {}, digest))))),
    ),
  );
}

function documentTable() {
  const counts = new Map();
  for (let at = 0; at < figureCount; at++) if (figures.figure[at]) { const id = texts[figures.document[at]]; counts.set(id, (counts.get(id) || 0) + 1); }
  return h(
    "table",
    { class: "plain-table" },
    h("thead", {}, h("tr", {}, [_("title"), _("number"), _("issuer"), _("date"), _("period"), _("figures")].map((head) => h("th", { scope: "col" }, head)))),
    h(
      "tbody",
      {},
      DATA.documents.map((item) =>
        h("tr", {}, h("th", { scope: "row" }, item.title, item.complete ? null : h("span", { class: "note" }, _("excerpt"))), h("td", {}, item.number || "—"), h("td", {}, item.issuer || "—"), h("td", { class: "number" }, item.date || "—"), h("td", { class: "number" }, (item.period || "—").replace("/", "–")), h("td", { class: "number" }, counts.get(item.id) || 0)),
      ),
    ),
  );
}
