/* Data: sending files, answers and a yes. The server answers with the address that shows what came of it. */
(() => {
  "use strict";
  const EVERY = 600;
  const LOST = "Styrkortets server svarar inte. Ladda om sidan och försök igen.";
  const headers = (key, more = {}) => ({ "X-Styrkort": "1", "X-Styrkort-Nyckel": key, ...more });
  const root = () => document.querySelector(".board-root");
  /* Only the board writes the address: a link that it sees clicked takes it there. The same address is asked for again. */
  function show(address) {
    const target = new URL(address, location.href);
    if (target.href === location.href) return window.dispatchEvent(new PopStateEvent("popstate"));
    const link = document.createElement("a");
    link.href = address;
    root().append(link);
    link.click();
    link.remove();
  }
  async function answer(path, options) {
    try {
      const got = await fetch(path, { cache: "no-store", ...options });
      const told = await got.json();
      return { ok: got.ok, message: "", ...told };
    } catch { return { ok: false, message: LOST }; }
  }
  const post = (path, key, body = {}) => answer(path, { method: "POST", headers: headers(key, { "Content-Type": "application/json" }), body: JSON.stringify(body) });

  /* ---- files ---- */
  function said(card, text, share) {
    const bar = card.querySelector("progress"), line = card.querySelector(".upload-state p");
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
    if (line.textContent !== text) line.textContent = text;
  }
  function send(path, key, file, progress) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", path);
      for (const [name, value] of Object.entries(headers(key, { "X-Filnamn": encodeURIComponent(file.name) }))) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => progress(event.loaded);
      request.onerror = () => done(LOST);
      request.onload = () => {
        if (request.status < 300) return done("");
        try { done(JSON.parse(request.responseText).message); } catch { done(LOST); }
      };
      request.send(file);
    });
  }
  let sending = false;
  async function upload(card, files) {
    if (sending || !files.length) return;
    sending = true;
    const { begin, key } = card.dataset;
    const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0, fault = "";
    said(card, "Skickar filerna …", 0);
    const begun = await post(begin, key);
    if (!begun.ok) fault = begun.message;
    for (const file of fault ? [] : files) {
      fault = await send(`${begin}/${begun.id}/fil`, key, file, (sent) => said(card, `Skickar ${file.name}`, (before + sent) / total));
      if (fault) break;
      before += file.size;
    }
    const examined = fault ? null : await post(`${begin}/${begun.id}/granska`, key);
    if (examined && !examined.ok) fault = examined.message;
    sending = false;
    said(card, fault);
    if (!fault) show(examined.address);
    else if (begun.ok) post(`${begin}/${begun.id}/bort`, key);
  }
  document.addEventListener("change", (event) => {
    const field = event.target.closest?.("[data-files]");
    if (!field) return;
    const files = [...field.files];
    field.value = "";
    upload(field.closest("[data-uploads]"), files);
  });
  /* A file dropped beside the field would open in the place of the page. */
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => {
    const card = document.querySelector("[data-uploads]");
    if (!card || ![...(event.dataTransfer?.types || [])].includes("Files")) return;
    event.preventDefault();
    card.querySelector("[data-drop]").classList.toggle("over", kind === "dragover");
    if (kind === "drop") upload(card, [...event.dataTransfer.files]);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.querySelector("[data-drop]")?.classList.remove("over");
  });

  /* ---- forms ---- */
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest?.("form[data-post]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]"), line = form.querySelector(".form-said");
    if (button.disabled) return;
    button.disabled = true;
    const fields = [...form.querySelectorAll("[data-field]")].map((field) => [field.dataset.field, field.value]);
    const who = fields.find(([name]) => name === "who")?.[1];
    if (who) remember(who);
    const told = await post(form.dataset.post, form.closest("[data-key]").dataset.key, Object.fromEntries(fields));
    button.disabled = false;
    if (line) line.textContent = told.message;
    if (told.ok && told.address) show(told.address);
  });
  /* The name is asked for each time and remembered in this browser alone. */
  function remember(who) { try { localStorage.setItem("board-who", who); } catch { /* private mode */ } }
  function remembered() { try { return localStorage.getItem("board-who") || ""; } catch { return ""; } }

  /* ---- what is under way ---- */
  let following = "";
  async function follow(card) {
    const { poll, state } = card.dataset;
    if (following === poll + state) return;
    following = poll + state;
    for (;;) {
      await new Promise((done) => setTimeout(done, EVERY));
      const now = document.querySelector("[data-poll]");
      if (now?.dataset.poll !== poll || now.dataset.state !== state) break;
      const told = await answer(poll);
      if (told.state !== state) { show(location.href); break; }
    }
    following = "";
  }
  new MutationObserver(() => {
    const card = document.querySelector("[data-poll]");
    if (card) follow(card);
    for (const field of document.querySelectorAll("input[data-field=who]")) {
      if (!field.dataset.seen) { field.dataset.seen = "1"; if (!field.value) field.value = remembered(); }
    }
    const pointed = document.querySelector(".sheet .pointed");
    if (pointed && pointed.dataset.seen !== location.search) {
      pointed.dataset.seen = location.search;
      const box = pointed.closest(".sheet-scroll"), cell = pointed.matches("td") ? pointed : pointed.querySelector("th");
      box.scrollTop = Math.max(0, cell.offsetTop - box.clientHeight / 2);
      if (pointed.matches("td")) box.scrollLeft = Math.max(0, cell.offsetLeft - box.clientWidth / 2);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
