// The page: head with the verdict, navigation by address, language, print.

const VIEWS = [
  ["findings", () => _("Causes and findings"), findingsView],
  ["summary", () => _("Summary"), summaryView],
  ["pictures", () => _("Pictures"), picturesView],
  ["figures", () => _("Figures"), figuresView],
  ["checks", () => _("All checks"), checksView],
  ["untestable", () => _("Not tested"), untestableView],
  ["rules", () => _("Rules"), rulesView],
  ["sources", () => _("Sources"), sourcesView],
  ...(Object.keys(DATA.sources).length ? [["text", () => _("Source texts"), textView]] : []),
];

function head() {
  const summary = DATA.summary;
  const open = findings.filter((finding) => !finding.waiver);
  const tiles = SEVERITIES.map((name, at) => [name, open.filter((finding) => finding.severity === at).length, severityLabel(at)]).filter(([name, count]) => count || name !== "info");
  const share = summary.figures ? Math.floor((summary.figures_compared / summary.figures) * 1000) / 10 : 0;
  const switchTo = state.language === "zh" ? ["en", "English"] : ["zh", "中文"];
  return [
    h(
      "div",
      { class: "masthead" },
      h("p", { class: "kind" }, _("Report on the consistency of figures in plans")),
      h(
        "div",
        { class: "tools" },
        h("button", { type: "button", id: "language", lang: switchTo[0], onclick: () => { state.language = switchTo[0]; page(); document.getElementById("language").focus(); } }, switchTo[1]),
        h("button", { type: "button", onclick: () => window.print() }, _("Print")),
      ),
    ),
    h("h1", {}, phrase(DATA.sentence)),
    DATA.comparison ? h("p", { class: "comparison" }, phrase(DATA.comparison)) : null,
    DATA.unread[state.language].length ? h("ul", { class: "unread" }, DATA.unread[state.language].map((line) => h("li", {}, line))) : null,
    h("ul", { class: "scope" }, DATA.documents.map((item) => h("li", {}, item.title, item.number ? h("span", { class: "quiet" }, " ", item.number) : null))),
    h(
      "dl",
      { class: "totals" },
      tiles.map(([name, count, label]) => h("div", { class: "total " + (count ? name : "clear") }, h("dt", {}, label), h("dd", {}, count))),
      summary.waived ? h("div", { class: "total" }, h("dt", {}, _("waived")), h("dd", {}, summary.waived)) : null,
      h("div", { class: "total wide" }, h("dt", {}, _("checks")), h("dd", {}, summary.checks, h("span", { class: "split" }, VERDICTS.map((name, verdict) => [tick(verdict), h("span", {}, summary[name])])))),
      summary.figures ? h("div", { class: "total wide" }, h("dt", {}, _("figures compared with another")), h("dd", {}, share + "%", h("span", { class: "split" }, _("{covered} of {figures}", { covered: summary.figures_compared, figures: summary.figures }), h("span", { class: "meter" }, h("span", { class: "meter-fill", "width%": share }))))) : null,
      summary.rules_unbound ? h("div", { class: "total" }, h("dt", {}, _("rules without effect")), h("dd", {}, summary.rules_unbound)) : null,
    ),
  ];
}

function navigation(current) {
  const counts = { findings: findings.length, figures: DATA.summary.figures, checks: DATA.summary.checks, untestable: DATA.gaps.length, rules: DATA.rules.length };
  return h("ul", {}, VIEWS.map(([name, label]) => h("li", {}, h("a", { href: "#/" + name, "aria-current": name === current ? "page" : null }, label(), name in counts ? h("span", { class: "nav-count" }, counts[name]) : null))));
}

/** Draws what the address asks for: #/findings, #/finding/ID, #/figure/PLACE, #/check/ID, #/rules/ID, #/text/ID/START … */
function show() {
  const [name, argument, start] = location.hash.replace(/^#\//, "").split("/");
  const main = document.getElementById("main");
  const wanted = decodeURIComponent(argument || "");
  const home = { finding: "findings", figure: "figures", check: "checks" }[name] || name;
  const view = VIEWS.find(([own]) => own === home) || VIEWS[0];
  if (name === "finding" && document.querySelector(".findings")) {
    if (!findings.some((finding) => matches(finding) && texts[checks.id[finding.check]] === wanted)) { clearFilters(); main.replaceChildren(findingsView()); }
  } else if (name === "figure") main.replaceChildren(figureView(Number(wanted)));
  else if (name === "check") main.replaceChildren(checkView(wanted));
  else main.replaceChildren(view[2](wanted));
  document.getElementById("nav").replaceChildren(navigation(view[0]));
  if (name === "finding") return revealFinding(wanted);
  if (name === "text" && start) return revealText(start);
  if (name === "rules" && wanted) document.getElementById("rule-" + wanted)?.scrollIntoView();
  else if (window.scrollY > main.offsetTop) window.scrollTo(0, main.offsetTop - document.getElementById("nav").offsetHeight);
}

function page() {
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.title = _("Do the figures hold together?");
  document.getElementById("skip").textContent = _("To the content");
  document.getElementById("head").replaceChildren(...head().filter(Boolean));
  document.getElementById("nav").setAttribute("aria-label", _("Parts of the report"));
  document.getElementById("foot").replaceChildren(h("p", {}, "audit " + DATA.version + " · ", phrase(DATA.counts)));
  show();
}

/** On paper: every finding open, then what was not tested, pictures, rules and sources. */
function printAll() {
  clearFilters();
  const main = document.getElementById("main");
  main.replaceChildren(summaryView(), findingsView());
  drawing?.finish();
  for (const own of main.querySelectorAll("details.cause")) openAll(own, true);
  for (const view of [untestableView, picturesView, rulesView, sourcesView]) main.append(view(""));
}

addEventListener("hashchange", show);
addEventListener("beforeprint", printAll);
addEventListener("afterprint", show);
page();
