// The paper: where the figures stand on it, and which of them are lit.

/** The places of the figures that stand at an anchor of the paper, and the anchor of each. */
const anchorOf = figures.id.map((text, at) => (figures.start[at] >= 0 ? "figure-" + figures.start[at] + "-" + figures.end[at] : DATA.anchors[texts[text]] || ""));
const placesAt = new Map();
anchorOf.forEach((anchor, at) => { if (anchor) placesAt.set(anchor, [...(placesAt.get(anchor) || []), at]); });

/** Lights the marks of these figures and goes to the first; returns how many there are. */
function light(places, still) {
  return lightAt(places.map((at) => anchorOf[at]), still);
}

function lightAt(anchors, still) {
  for (const lit of document.querySelectorAll("mark.lit")) lit.classList.remove("lit");
  const marks = [...new Set(anchors.filter(Boolean))].map((anchor) => document.getElementById(anchor)).filter(Boolean);
  for (const mark of marks) mark.classList.add("lit");
  const paper = document.getElementById("paper");
  const seen = marks.find((mark) => { const box = mark.getBoundingClientRect(), frame = paper.getBoundingClientRect(); return box.top >= frame.top && box.bottom <= frame.bottom; });
  if (marks.length && !(still && seen)) marks[0].scrollIntoView({ block: "center" });
  return marks.length;
}

function placesOfCheck(at) {
  return checks.figures.slice(checks.first[at], checks.first[at + 1]);
}

/** The anchor of the figure that begins there in the text of the draft. */
function anchorAt(start) {
  return anchorOf.find((anchor, at) => anchor && figures.start[at] === start) || "";
}
