// A relation as a picture: the equation with every operand in a box, and both sides as bars on one scale.

const OPERATOR = /^(==|!=|<=|>=|<|>|[+\-−×÷*/^|(),])$/;
const SIGNS = { "|": "/", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "*": "×", "/": "÷", "-": "−" };
const FAILING = { "==": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤" };
const COMPARISONS = ["==", "!=", "<=", ">=", "<", ">"];

function box(cell) {
  return h(
    "a",
    { class: "box", href: "#/figure/" + cell.place, title: _("All checks of this figure") },
    h("span", { class: "box-name" }, cell.operand),
    h("span", { class: "box-value" }, stated(cell)),
    reading(cell) ? h("span", { class: "box-reading" }, reading(cell)) : null,
  );
}

/** The equation with boxes; the words of the relation alone where its figures can't be told apart. */
function equation(item) {
  if (!item.relation) return null;
  const parts = item.terms;
  const boxed = parts.filter((part) => part.cell).length;
  if (!boxed || boxed > 14) return h("p", { class: "relation" }, item.relation);
  const fails = (item.verdict === 1 || item.verdict === 2) && item.imbalance !== "";
  const single = parts.filter((part) => COMPARISONS.includes(part.word)).length === 1;
  const drawn = parts.map((part) => {
    if (part.cell) return box(part.cell);
    const compares = COMPARISONS.includes(part.word);
    const sign = compares && fails && single ? FAILING[part.word] : SIGNS[part.word] || part.word;
    if (compares) return h("span", { class: "sign " + VERDICTS[item.verdict] }, sign);
    return OPERATOR.test(part.word) ? h("span", { class: "sign" }, sign) : h("span", { class: "loose" }, part.word);
  });
  const right = parts.slice(parts.findIndex((part) => COMPARISONS.includes(part.word)) + 1);
  if (single && item.right && item.right !== item.left && right.length > 1) drawn.push(h("span", { class: "sign" }, "="), h("b", { class: "sum" }, item.right));
  return h("div", { class: "equation" }, drawn);
}

/** Both sides on one scale, from zero; the parts of a sum side by side, the gap hatched. Nothing for odd numbers. */
function bars(item) {
  const left = Number(item.left), right = Number(item.right);
  if (item.imbalance === "" || item.left === "" || item.right === "" || left < 0 || right < 0 || !(left + right > 0)) return null;
  const scale = 100 / (Math.max(left, right, Number(item.left_high), Number(item.right_high)) || 1);
  const parts = item.terms;
  const middle = parts.findIndex((part) => COMPARISONS.includes(part.word));
  const row = (name, total, side, low, high) => {
    const cells = side.filter((part) => part.cell);
    const sums = side.every((part) => part.cell || part.word === "+") && cells.length;
    const pieces = sums ? cells.map((part) => [part.cell.operand + " " + stated(part.cell), Number(part.cell.value)]) : [[total, Number(total)]];
    const gap = item.verdict === 1 || item.verdict === 2 ? Math.max(left, right) - Number(total) : 0;
    return h(
      "div",
      { class: "bar-row" },
      h("span", { class: "bar-name" }, name),
      h(
        "span",
        { class: "bar-track" },
        pieces.map(([title, size]) => h("span", { class: "bar", "width%": size * scale, title }, h("i", {}, title))),
        gap > 0 ? h("span", { class: "bar gap", "width%": gap * scale, title: _("imbalance") + " " + item.imbalance }, h("i", {}, item.imbalance)) : null,
      ),
      h("span", { class: "bar-total" }, total, low !== high ? h("small", {}, " ", interval(low, high)) : null),
    );
  };
  return h(
    "div",
    { class: "bars", "aria-hidden": "true" },
    row(_("left side"), item.left, parts.slice(0, middle), item.left_low, item.left_high),
    row(_("right side"), item.right, parts.slice(middle + 1), item.right_low, item.right_high),
  );
}

/** Imbalance with unit, and both sides. */
function balance(item) {
  if (item.imbalance === "") return null;
  return h(
    "p",
    { class: "balance" },
    _("left side"), " ", h("b", {}, item.left), " · ", _("right side"), " ", h("b", {}, item.right), " · ",
    _("imbalance"), " ", h("b", { class: "gap-number" }, item.imbalance, item.unit ? " " + item.unit : ""),
  );
}

/** Every operand: stated, as an interval, where it stands, in which words, and what else checks it. */
function operandTable(item) {
  const ranged = item.cells.some(reading);
  const heads = [_("item"), _("figure"), ranged && _("interval"), _("place"), _("words of the plan"), _("ticks")].filter(Boolean);
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": _("figures") },
    h(
      "table",
      { class: "operands" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        item.cells.map((cell) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, cell.operand),
            h("td", { class: "number" }, stated(cell)),
            ranged ? h("td", { class: "number quiet" }, reading(cell)) : null,
            h("td", {}, place(cell)),
            h("td", { class: "words" }, evidence(cell)),
            h("td", {}, ticksOf(cell.place)),
          ),
        ),
      ),
    ),
    item.untold ? h("p", { class: "quiet" }, plural("{n} more figure is only counted", "{n} more figures are only counted", item.untold)) : null,
  );
}

/** The rule behind a check: what it checks, why, what it does not check. */
function ruleNote(rule) {
  if (!rule) return null;
  return h(
    "dl",
    { class: "rule-note" },
    h("dt", {}, _("Rule")), h("dd", {}, h("a", { href: "#/rules/" + encodeURIComponent(rule.id) }, phrase(rule.title))),
    h("dt", {}, _("What it checks")), h("dd", {}, h("code", {}, rule.expression)),
    h("dt", {}, _("Why")), h("dd", {}, phrase(rule.because)),
    rule.limits ? [h("dt", {}, _("What it does not check")), h("dd", {}, phrase(rule.limits))] : null,
  );
}
