// Long tables of which only the rows in sight are drawn, so that 100,000 rows scroll smoothly.

const ROW = 36;

/** `columns`: [head, track, cell(row)] each; `rows` are places that `cell` draws. */
function longTable(label, columns, rows) {
  const tracks = columns.map(([, track]) => track).join(" ");
  const head = h("div", { role: "rowgroup", class: "long-head" }, h("div", { role: "row", class: "long-row", columns: tracks, "aria-rowindex": "1" }, columns.map(([name]) => h("span", { role: "columnheader" }, name))));
  const body = h("div", { role: "rowgroup", class: "long-body", height: rows.length * ROW });
  const table = h("div", { role: "table", class: "long", "aria-label": label, "aria-rowcount": rows.length + 1 }, head, body);
  const view = h("div", { class: "long-view", tabindex: "0", role: "group", "aria-label": label }, table);
  let drawn = "";
  const draw = () => {
    const first = Math.max(0, Math.floor(view.scrollTop / ROW) - 10);
    const last = Math.min(rows.length, first + Math.ceil((view.clientHeight || 600) / ROW) + 20);
    if (drawn === first + "-" + last) return;
    drawn = first + "-" + last;
    const made = [];
    for (let at = first; at < last; at++)
      made.push(h("div", { role: "row", class: "long-row", columns: tracks, top: at * ROW, "aria-rowindex": at + 2 }, columns.map(([, , cell]) => h("span", { role: "cell" }, cell(rows[at])))));
    body.replaceChildren(...made);
  };
  view.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  requestAnimationFrame(draw);
  return view;
}

const checkFilter = { search: "", verdict: "" };

function checksView() {
  const holder = h("div");
  const count = h("p", { class: "count", role: "status" });
  const redraw = () => {
    const words = checkFilter.search.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [];
    for (let at = 0; at < checkCount; at++) {
      if (checkFilter.verdict !== "" && checks.verdict[at] !== Number(checkFilter.verdict)) continue;
      if (words.length) {
        const rule = DATA.rules[checks.rule[at]];
        const own = (keyOf(at) + " " + texts[checks.relation[at]] + " " + (rule ? rule.id + " " + phrase(rule.title) : "") + " " + texts[checks.document[at]]).toLowerCase();
        if (!words.every((word) => own.includes(word))) continue;
      }
      rows.push(at);
    }
    count.textContent = plural("{n} check", "{n} checks", rows.length);
    holder.replaceChildren(
      longTable(
        _("All checks"),
        [
          [_("verdict"), "6.5rem", (at) => tick(checks.verdict[at], true)],
          [_("rule"), "minmax(9rem, 1.2fr)", (at) => (DATA.rules[checks.rule[at]] ? phrase(DATA.rules[checks.rule[at]].title) : "—")],
          [_("key"), "minmax(9rem, 1.2fr)", (at) => h("a", { href: "#/check/" + encodeURIComponent(texts[checks.id[at]]) }, keyOf(at))],
          [_("relation"), "minmax(10rem, 1.6fr)", (at) => h("span", { class: "number" }, texts[checks.relation[at]])],
          [_("imbalance"), "7rem", (at) => h("span", { class: "number" }, texts[checks.imbalance[at]])],
        ],
        rows,
      ),
    );
  };
  redraw();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("All checks")),
    h(
      "div",
      { class: "filters" },
      h("label", { class: "filter wide" }, h("span", {}, _("search")), h("input", { type: "search", value: checkFilter.search, oninput: (event) => { checkFilter.search = event.target.value; redraw(); } })),
      h("label", { class: "filter" }, h("span", {}, _("verdict")), h("select", { onchange: (event) => { checkFilter.verdict = event.target.value; redraw(); } }, h("option", { value: "" }, _("all")), VERDICTS.map((name, at) => h("option", { value: at, selected: checkFilter.verdict === String(at) }, verdictLabel(at))))),
    ),
    count,
    holder,
  );
}

/** One check with everything about it; a finding's check shows what the finding says. */
function checkView(id) {
  const at = checkPlaces.get(id);
  if (at === undefined) return h("section", {}, h("h2", {}, _("There is no such check in this report.")));
  const item = check(at);
  const found = findingOfCheck.get(at);
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, tick(item.verdict, true), " ", item.key),
    found !== undefined ? h("p", {}, h("a", { href: "#/finding/" + encodeURIComponent(id) }, _("This check is reported as a finding."))) : null,
    item.missing ? h("p", { class: "message" }, _("could not be tested, missing: {missing}", { missing: item.missing })) : null,
    equation(item), balance(item), bars(item), item.cells.length ? operandTable(item) : null, ruleNote(item.rule),
  );
}
