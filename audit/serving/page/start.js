// The first page: files are dropped or chosen, their progress is shown, a file that is ready leads to its page.

let drafts = DATA.drafts;
const faults = [];
let waiting = 0;

async function asked(address, options) {
  const response = await fetch(address, { method: "POST", ...options });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer[state.language] || _("The server does not answer; is it still running?"));
  return answer;
}

/** Sends a file; what goes wrong stands in the list. */
async function bring(file) {
  waiting++;
  draw();
  try {
    if (file.size > DATA.most) throw new Error(_("larger than {most} MB, which is the most that is taken", { most: Math.floor(DATA.most / 2 ** 20) }));
    await asked("/drafts?name=" + encodeURIComponent(file.name), { body: file });
  } catch (fault) {
    faults.push([file.name, fault.message]);
  }
  waiting--;
  await refresh();
}

async function bringAll(files) {
  for (const file of files) await bring(file);
}

let single = null;

async function sample() {
  try {
    const made = await asked("/sample");
    single = made.id;
  } catch (fault) {
    faults.push([_("the sample"), fault.message]);
  }
  await refresh();
}

async function leave(id) {
  await asked("/drafts/" + id, { method: "DELETE" }).catch(() => {});
  await refresh();
}

let timer = 0;

async function refresh() {
  clearTimeout(timer);
  const response = await fetch("/drafts").catch(() => null);
  if (response && response.ok) drafts = await response.json();
  draw();
  if (single && drafts.some((draft) => draft.id === single && draft.state === "ready")) return void (location.href = "/drafts/" + single);
  if (drafts.some((draft) => draft.state === "waiting" || draft.state === "reading")) timer = setTimeout(refresh, 400);
}

function row(draft) {
  const ready = draft.state === "ready";
  const busy = draft.state === "waiting" || draft.state === "reading";
  return h(
    "li",
    { class: "file " + draft.state, id: "file-" + draft.id },
    ready ? h("a", { href: "/drafts/" + draft.id }, draft.name) : h("span", {}, draft.name),
    busy ? h("span", { class: "busy" }, h("progress", { "aria-label": draft.name }), " ", draft.told) : null,
    ready ? h("span", { class: draft.open ? "result open" : "result" }, draft.sentence) : null,
    draft.state === "refused" ? h("span", { class: "fault" }, draft.told) : null,
    h("button", { type: "button", class: "plain", "aria-label": _("Remove {name}", { name: draft.name }), onclick: () => leave(draft.id) }, _("Remove")),
  );
}

function draw() {
  const list = document.getElementById("files");
  const held = list.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") || document.activeElement.textContent : null;
  list.replaceChildren(
    ...[
      faults.length ? h("ul", { class: "files" }, faults.map(([name, why]) => h("li", { class: "file refused" }, h("span", {}, name), h("span", { class: "fault" }, why)))) : null,
      waiting ? h("p", { class: "busy" }, h("progress", { "aria-label": _("sending") }), " ", _("sending …")) : null,
      drafts.length ? h("h2", {}, _("Your files")) : null,
      drafts.length ? h("ul", { class: "files" }, drafts.map(row)) : null,
      h("p", { class: "unseen", role: "status" }, status()),
    ].filter(Boolean),
  );
  if (held) for (const own of list.querySelectorAll("a, button")) if ((own.getAttribute("aria-label") || own.textContent) === held) own.focus();
}

function status() {
  const ready = drafts.filter((draft) => draft.state === "ready");
  return ready.map((draft) => draft.name + ": " + draft.sentence).join(" ");
}

function dropZone() {
  const input = h("input", { type: "file", id: "choose", multiple: true, accept: DATA.taken.join(","), class: "unseen", onchange: (event) => { bringAll([...event.target.files]); event.target.value = ""; } });
  const zone = h(
    "div",
    { class: "drop" },
    h("p", { class: "drop-words" }, _("Drop drafts here")),
    h("p", {}, h("label", { class: "button", for: "choose" }, _("Choose files")), " ", input, h("button", { type: "button", id: "sample", onclick: sample }, _("Try it with a sample"))),
    h("p", { class: "quiet" }, DATA.taken.join(" ")),
  );
  for (const name of ["dragenter", "dragover"]) addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) zone.classList.remove("over"); });
  addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("over"); bringAll([...event.dataTransfer.files]); });
  return zone;
}

document.getElementById("drop").replaceChildren(dropZone());
draw();
refresh();
