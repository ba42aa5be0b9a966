// Another number tried: which relations would break or come to hold, and the range that keeps all of them true.

/** Numbers that are tried, by the id of the figure. */
const tried = {};

/** One place of the paper: every figure that stands there, each with its relations, and another number tried. */
function placeView(anchor) {
  const places = placesAt.get(anchor) || [];
  const each = [...new Map([...places].reverse().map((at) => [figures.id[at], at])).values()].reverse();
  return h("div", {}, each.map((at) => oneFigure(at)));
}

function oneFigure(at) {
  const view = figureView(at);
  if (figures.figure[at] && texts[figures.value[at]] !== "") view.querySelector("h2").after(tryForm(at));
  return view;
}

/** A form that tries another number and tells at once what would break, and what range keeps all true. */
function tryForm(at) {
  const id = texts[figures.id[at]];
  const field = "try-" + at;
  const outcome = h("div", { class: "outcome", role: "status" });
  const input = h("input", { id: field, inputmode: "decimal", autocomplete: "off", value: tried[id] || texts[figures.value[at]] });
  let asking = 0;
  const run = async () => {
    const mine = ++asking;
    if (input.value.trim() === "" || input.value.trim() === texts[figures.value[at]]) delete tried[id];
    else tried[id] = input.value.trim();
    try {
      const answer = await asks("try", { edits: { ...tried, [id]: tried[id] || texts[figures.value[at]] } });
      if (mine === asking) outcome.replaceChildren(...outcomeOf(answer, id));
    } catch (wrong) {
      if (mine === asking) outcome.replaceChildren(h("p", { class: "fault" }, wrong.message));
    }
    marksTried();
  };
  let later = 0;
  input.addEventListener("input", () => { clearTimeout(later); later = setTimeout(run, 120); });
  const form = h(
    "form",
    { class: "try", onsubmit: (event) => { event.preventDefault(); clearTimeout(later); run(); } },
    h("label", { for: field }, _("Try another number")),
    h("span", {}, input, " ", texts[figures.unit[at]]),
    h("button", { type: "submit" }, _("Try")),
    h("button", { type: "button", class: "plain", onclick: () => { for (const name of Object.keys(tried)) delete tried[name]; input.value = texts[figures.value[at]]; outcome.replaceChildren(); marksTried(); } }, _("As it was")),
    outcome,
  );
  if (tried[id]) run();
  return form;
}

function outcomeOf(answer, id) {
  const groups = [["broken", _("would break")], ["settled", _("would be settled")], ["staying", _("would still be found")], ["holding", _("would come to hold")], ["lost", _("could no longer be tested")], ["unreckoned", _("not tried here, as they are of numbers that were worked out of this one when the file was read: change the file and bring it again")]];
  const shown = groups.filter(([name]) => answer[name].length).map(([name, label]) =>
    h("div", {}, h("h4", {}, label), h("ul", { class: "uses" }, answer[name].map((item) => {
      const rule = DATA.rules.find((own) => own.id === item.rule);
      const verdict = name === "settled" ? 0 : VERDICTS.indexOf(item.verdict);
      return h("li", { class: name }, tick(verdict), h("span", {}, rule ? phrase(rule.title) : item.rule), h("span", { class: "number" }, item.relation));
    }))),
  );
  const range = answer.ranges.find((own) => own.figure === id);
  return [
    ...(shown.length ? shown : [h("p", {}, _("No relation that is checked would be told otherwise."))]),
    range ? h("p", { class: "range" }, range[state.language]) : null,
    h("p", { class: "quiet" }, _("Only tried: nothing is written to the file.")),
  ].filter(Boolean);
}

/** Marks on the paper that stand for another number now. */
function marksTried() {
  for (const mark of document.querySelectorAll("mark[data-tried]")) mark.removeAttribute("data-tried");
  for (const [id, value] of Object.entries(tried)) {
    const mark = document.getElementById(DATA.anchors[id] || "");
    if (mark) mark.dataset.tried = "→ " + value;
  }
}
