// A rule said in words: its text, its examples, what it binds and finds here.

/** A rule said in words: its text, its examples, what it binds and finds here, before it is kept. */
function stateView() {
  const outcome = h("div", { role: "status" });
  const dimensions = [["indicator", _("indicator")], ["region", _("region")], ["industry", _("industry")]].filter(([name]) => membersOf(name).length > 1);
  const says = [["sum", _("is made up of")], ["within", _("is at least the sum of")], ["at_most", _("is at most")], ["below", _("stays below")], ["equal", _("is the same as")]];
  const options = (list) => list.map(([value, label]) => h("option", { value }, label));
  const dimension = h("select", { name: "dimension", onchange: () => fillMembers() }, options(dimensions));
  const whole = h("select", { name: "whole" });
  const relation = h("select", { name: "says", onchange: () => fillMembers() }, options(says));
  const parts = h("select", { name: "parts", multiple: true, size: 8 });
  const title = h("input", { name: "title", required: true, autocomplete: "off" });
  const because = h("input", { name: "because", required: true, autocomplete: "off" });
  const severity = h("select", { name: "severity" }, options([["error", _("error")], ["warning", _("warning")]]));
  const fillMembers = () => {
    const members = membersOf(dimension.value).map((name) => [name, member(name)]);
    const before = [whole.value, new Set([...parts.selectedOptions].map((own) => own.value))];
    whole.replaceChildren(...options(members));
    parts.replaceChildren(...options(members));
    if (members.some(([name]) => name === before[0])) whole.value = before[0];
    for (const own of parts.options) own.selected = before[1].has(own.value);
    parts.multiple = relation.value === "sum" || relation.value === "within";
  };
  const run = async (keep) => {
    const asked = { title: title.value, because: because.value, dimension: dimension.value, says: relation.value, whole: whole.value, severity: severity.value, parts: [...parts.selectedOptions].map((own) => own.value), keep };
    try {
      const answer = await asks("rule", asked);
      outcome.replaceChildren(...ruleOutcome(answer, () => run(true)));
      outcome.scrollIntoView({ block: "start" });
      lightAt(answer.checks.flatMap((item) => item.figures.map((id) => DATA.anchors[id])), true);
    } catch (wrong) {
      outcome.replaceChildren(h("p", { class: "fault" }, wrong.message));
      outcome.scrollIntoView({ block: "end" });
    }
  };
  const field = (label, input, wide) => h("label", { class: "filter" + (wide ? " wide" : "") }, h("span", {}, label), input);
  if (!dimensions.length) return h("section", {}, h("h2", { id: "view-title" }, _("New rule")), h("p", {}, _("There is nothing here that a rule could compare.")));
  fillMembers();
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Say a rule in words")),
    h(
      "form",
      { class: "state", onsubmit: (event) => { event.preventDefault(); run(false); } },
      field(_("what is compared"), dimension), field(_("this"), whole, true), field(_("how"), relation), field(_("these (Ctrl for several)"), parts, true),
      field(_("name of the rule"), title, true), field(_("why it must hold"), because, true), field(_("a finding is"), severity),
      h("button", { type: "submit" }, _("See what it finds")),
    ),
    outcome,
  );
}

/** The members of a dimension that figures here have, in the order of the text. */
function membersOf(name) {
  return [...new Set(figures[name].filter((text, at) => figures.figure[at]).map((text) => texts[text]).filter(Boolean))];
}

function ruleOutcome(answer, keep) {
  const bound = answer.checks.length;
  return [
    answer.kept ? h("p", { class: "range" }, _("Kept in the workspace; load the page again to see its findings.")) : null,
    h("p", {}, plural("It binds {n} time here.", "It binds {n} times here.", bound)),
    bound
      ? h("ul", { class: "uses" }, answer.checks.map((item) => h("li", {}, tick(VERDICTS.indexOf(item.verdict), true), h("span", { class: "number" }, item.relation || item.missing.join("、")))))
      : h("p", { class: "fault" }, _("It finds nothing to compare: the figures must agree in region, indicator, year and measure.")),
    h("h3", {}, _("Its examples")),
    h("ul", { class: "uses" }, answer.examples.map((item) => h("li", {}, h("span", {}, item.passed ? "✓" : "✗"), h("span", {}, verdictLabel(VERDICTS.indexOf(item.says)))))),
    h("h3", {}, _("Its text")),
    h("pre", { class: "text", tabindex: "0", "aria-label": _("Its text") }, answer.text),
    answer.kept ? null : DATA.served.keeps ? h("button", { type: "button", onclick: keep }, _("Keep the rule in the workspace")) : h("p", { class: "quiet" }, _("To keep it, put this text into a file in the folder rules/ of a workspace.")),
  ].filter(Boolean);
}
