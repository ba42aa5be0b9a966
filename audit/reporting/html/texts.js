// The source texts, where they were given: every figure in a finding marked, and a way to each.

/** The stretches of a document that stand in findings, in order, none over another; `at` is the first of its findings. */
function stretches(id) {
  const found = new Map();
  findings.forEach((finding, at) => {
    for (let cell = checks.first[finding.check]; cell < checks.first[finding.check + 1]; cell++) {
      const place = checks.figures[cell];
      if (texts[figures.document[place]] !== id || figures.start[place] < 0 || found.has(figures.start[place])) continue;
      found.set(figures.start[place], { start: figures.start[place], end: figures.end[place], finding, place });
    }
  });
  let last = 0;
  return [...found.values()].sort((a, b) => a.start - b.start).filter((one) => (one.start >= last ? ((last = one.end), true) : false));
}

/** A document as it was read, a paragraph a line; a marked figure leads to its finding. */
function textView(argument, start) {
  const ids = Object.keys(DATA.sources);
  const id = ids.includes(argument) ? argument : ids[0];
  const characters = Array.from(DATA.sources[id] || "");
  const marks = stretches(id);
  let next = 0, at = 0;
  const paragraphs = [];
  while (at < characters.length) {
    let end = characters.indexOf("\n", at);
    if (end < 0) end = characters.length;
    const parts = [];
    while (next < marks.length && marks[next].start < end) {
      const mark = marks[next++];
      if (mark.start < at) continue;
      const to = Math.min(mark.end, end);
      parts.push(characters.slice(at, mark.start).join(""));
      const check = encodeURIComponent(texts[checks.id[mark.finding.check]]);
      parts.push(h("a", { class: "in-finding " + SEVERITIES[mark.finding.severity], id: "at-" + mark.start, href: "#/finding/" + check, title: told(mark.finding.message) }, characters.slice(mark.start, to).join("")));
      at = to;
    }
    parts.push(characters.slice(at, end).join(""));
    if (parts.some((part) => typeof part !== "string" || part.trim())) paragraphs.push(h("p", {}, parts));
    at = end + 1;
  }
  return h(
    "section",
    { "aria-labelledby": "view-title" },
    h("h2", { id: "view-title" }, _("Source texts")),
    ids.length > 1 ? h("p", { class: "tools" }, ids.map((one) => h("a", { href: "#/text/" + encodeURIComponent(one), "aria-current": one === id ? "true" : null }, documentTitle(one)))) : null,
    h("h3", {}, documentTitle(id)),
    h("div", { class: "source-text" }, paragraphs),
  );
}

/** Goes to the figure that an address names. */
function revealText(start) {
  const target = document.getElementById("at-" + start);
  if (!target) return;
  target.classList.add("sought");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}
