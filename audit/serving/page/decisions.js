// What is decided of a finding: accepted, disputed or marked for checking.

/** The buttons of a finding: accept, dispute, mark for checking, each with a reason. */
function decisions(card) {
  const body = card.querySelector(".card-body");
  if (!body || body.querySelector(".decide")) return;
  const id = card.id.slice("finding-".length);
  const finding = findings.find((one) => texts[checks.id[one.check]] === id);
  if (!finding || finding.waiver) return;
  const day = new Date(Date.now() + 365 * 864e5).toISOString().slice(0, 10);
  const fault = h("p", { class: "fault", role: "alert" });
  const field = (name, label, input) => h("label", { class: "filter" }, h("span", {}, label), input);
  const category = h("select", { name: "category" }, DATA.decisions.map(([name, label]) => h("option", { value: name }, label)));
  const reason = h("input", { name: "reason", required: true, autocomplete: "off" });
  const by = h("input", { name: "by", required: true, autocomplete: "off", value: sessionStorage.getItem("by") || "" });
  const until = h("input", { name: "until", type: "date", required: true, value: day });
  const send = async (event) => {
    event.preventDefault();
    sessionStorage.setItem("by", by.value);
    try {
      await asks("decisions", { finding: id, category: category.value, reason: reason.value, by: by.value, until: until.value });
      location.reload();
    } catch (wrong) {
      fault.textContent = wrong.message;
    }
  };
  body.append(
    h(
      "details",
      { class: "decide" },
      h("summary", {}, _("Accept, dispute or mark for checking")),
      h("form", { onsubmit: send }, field("category", _("what it is"), category), field("reason", _("reason"), reason), field("by", _("who decides"), by), field("until", _("until"), until), h("button", { type: "submit" }, _("Keep this decision"))),
      h("p", { class: "quiet" }, DATA.served.keeps ? _("Kept in the workspace's waivers.") : _("Kept until the server is closed.")),
      fault,
    ),
  );
}
