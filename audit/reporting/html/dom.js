// Building elements and words. Text only ever becomes text nodes: nothing of a plan is read as markup.

/** An element: `attributes` with functions become listeners, `null` and `false` are left out. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** The same for a drawing. */
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "width%") element.style.width = value + "%";
    else if (name === "top") element.style.top = value + "px";
    else if (name === "height") element.style.height = value + "px";
    else if (name === "columns") element.style.gridTemplateColumns = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
}

const DATA = JSON.parse(document.getElementById("data").textContent);
const state = { language: DATA.language };

/** The message in the page's language, with its {places} filled. */
function _(message, values) {
  const text = state.language === "zh" ? DATA.words[message] || message : message;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : text;
}

function plural(one, many, count) {
  const text = state.language === "zh" ? DATA.words[one] || one : count === 1 ? one : many;
  return text.replace("{n}", count);
}

/** A text given in both languages. */
function phrase(both) {
  return both ? both[state.language] : "";
}

const SEVERITIES = ["error", "warning", "info"];
const VERDICTS = ["holds", "reconcilable", "violated", "untestable"];
const TICKS = ["✓", "≈", "✗", "?"];

function severityLabel(index) {
  return [_("error"), _("warning"), _("note")][index];
}

function verdictLabel(index) {
  return [_("holds"), _("reconcilable"), _("violated"), _("untestable")][index];
}

function measureLabel(measure) {
  return { level: _("level"), increment: _("increment"), cumulative: _("cumulative"), per_year: _("per year"), rate: _("rate"), count: _("count"), size: _("size") }[measure] || measure;
}

/** A verdict as auditors mark it: a sign and, for those who do not see it, a word. */
function tick(verdict, withWord) {
  return h(
    "span",
    { class: "tick " + VERDICTS[verdict] },
    h("span", { "aria-hidden": "true" }, TICKS[verdict]),
    h("span", { class: withWord ? "tick-word" : "unseen" }, verdictLabel(verdict)),
  );
}

function badge(severity) {
  return h("span", { class: "badge " + SEVERITIES[severity] }, severityLabel(severity));
}
