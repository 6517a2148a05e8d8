/* The forms of people's own notes. The server keeps a note and says what is wrong, field by field; the page that shows
 * it is then asked for again at the same address. */
(() => {
  "use strict";
  const NAME = "board-who";
  const keys = new WeakMap();
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  /* One key for each note that is being written: sent twice it is still one note. */
  const keyOf = (form) => { if (!keys.has(form)) keys.set(form, fresh()); return keys.get(form); };
  const remembered = () => { try { return localStorage.getItem(NAME) || ""; } catch { return ""; } };
  const remember = (name) => { try { localStorage.setItem(NAME, name); } catch { /* private mode: asked again */ } };
  const card = () => document.querySelector(".own-notes");
  const field = (form, name) => form.querySelector(`[data-field="${name}"]`);
  function fault(form, name, text) {
    const place = form.querySelector(`[data-fault="${name}"]`);
    if (place) place.textContent = text;
    const at = field(form, name);
    if (text) at?.setAttribute("aria-invalid", "true"); else at?.removeAttribute("aria-invalid");
  }
  function say(text, bad) {
    const said = card()?.querySelector(".note-said");
    if (!said) return;
    said.toggleAttribute("data-bad", bad);
    said.textContent = text;
  }
  function count(area) {
    const hint = document.getElementById(`${area.id}-om`);
    hint.dataset.hint ??= hint.textContent;
    const left = area.dataset.longest - [...area.value.trim()].length;
    hint.textContent = area.value ? (left < 0 ? `${-left} tecken för mycket.` : `${left} tecken kvar.`) : hint.dataset.hint;
  }
  async function send(form) {
    const box = form.closest(".own-notes");
    const fields = Object.fromEntries([...form.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one.value]));
    const headers = { "X-Styrkort": "1", "Content-Type": "application/json", [box.dataset.keyHeader]: box.dataset.key };
    try {
      const answer = await fetch(form.dataset.noteForm, { method: "POST", headers, cache: "no-store", body: JSON.stringify({ ...fields, nyckel: keyOf(form) }) });
      return { status: answer.status, ...await answer.json() };
    } catch {
      return { status: 0, message: "Styrkortets server svarar inte. Inget är sparat; försök igen.", faults: {} };
    }
  }
  function kept(form, message) {
    keys.delete(form);
    remember(field(form, "vem").value.trim());
    for (const area of form.querySelectorAll("textarea")) { area.value = ""; count(area); }
    form.closest("details").open = false;
    say(message, false);
    card().querySelector(".note-said").focus();
  }
  const again = () => window.dispatchEvent(new PopStateEvent("popstate"));
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest?.("form[data-note-form]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    for (const one of form.querySelectorAll("[data-fault]")) fault(form, one.dataset.fault, "");
    const answer = await send(form);
    button.disabled = false;
    const faults = Object.entries(answer.faults || {}).filter(([name]) => name);
    for (const [name, text] of faults) fault(form, name, text);
    if (answer.status === 200) kept(form, answer.message);
    else say(answer.message || "", true);
    if (faults.length) form.querySelector('[aria-invalid="true"]')?.focus();
    if (answer.status === 200 || answer.status === 409) again();
  });
  document.addEventListener("input", (event) => {
    const at = event.target.closest?.(".own-notes [data-field]");
    if (!at) return;
    fault(at.closest("form"), at.dataset.field, "");
    if (at.dataset.longest) count(at);
  });
  /* Whoever opens a form finds the name they wrote the last time. */
  document.addEventListener("toggle", (event) => {
    const name = event.target.matches?.(".own-notes details[open]") && field(event.target, "vem");
    if (name && !name.value) name.value = remembered();
  }, true);
})();
