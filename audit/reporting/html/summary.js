// The summary page: scope, method, result, and the causes as an audit office writes them up.

function summaryView() {
  const shown = DATA.groups.filter((group) => !group.waived);
  const rows = shown.slice(0, 60).map((group, at) =>
    h(
      "tr",
      {},
      h("td", { class: "number" }, at + 1),
      h("td", {}, badge(group.severity)),
      h("td", {}, h("a", { href: "#/finding/" + encodeURIComponent(texts[checks.id[findings[groupStarts[DATA.groups.indexOf(group)]].check]]) }, told(group.heading)), told(group.confidence) ? h("span", { class: "note" }, told(group.confidence)) : null),
      h("td", {}, told(group.qualification)),
      h("td", {}, told(group.recommendation)),
      h("td", {}, told(group.responsible)),
    ),
  );
  const heads = ["#", _("severity"), _("what is wrong"), _("qualification"), _("recommendation"), _("responsible body")];
  return h(
    "section",
    { "aria-labelledby": "view-title", class: "summary-view" },
    h("h2", { id: "view-title" }, _("Summary")),
    h("h3", {}, _("Scope")),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Documents") }, documentTable()),
    h("h3", {}, _("Method")),
    h("p", {}, _("Every figure was taken from the text with its place and its wording. {rules} rules say how the figures must relate; each was applied wherever its figures are stated, which gave {checks} checks.", DATA.summary)),
    h("p", {}, _("A relation is compared twice: as stated, and as the intervals that rounding and words such as “above” or “about” allow. It is violated when no reading of the intervals makes it true, and reconcilable when only the intervals do. What lacks a figure is untestable and never counts as a pass.")),
    h("h3", {}, _("Conclusion")),
    h("p", {}, phrase(DATA.sentence), " ", phrase(DATA.counts)),
    h("h3", {}, _("Causes by weight")),
    rows.length
      ? h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": _("Causes by weight") }, h("table", { class: "plain-table causes-table" }, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows)))
      : h("p", { class: "empty" }, _("There are no findings.")),
    shown.length > rows.length ? h("p", { class: "quiet" }, _("and {n} more", { n: shown.length - rows.length })) : null,
  );
}
