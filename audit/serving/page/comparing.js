// What differs from an earlier draft.

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
