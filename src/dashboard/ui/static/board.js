/* The board: one element that holds the whole page as HTML made on the server.
 *
 * A new answer is morphed into the old one, so nothing flickers and focus, open details and scroll stay.
 * The address is the only state: a choice writes it and Streamlit reruns as for any step in the history.
 * Charts are drawn with Plotly.react in place; the HTML says where, the data says what.
 */
(() => {
  "use strict";
  const PLOTLY = document.querySelector('meta[name="board-plotly"]')?.content;
  let plotly = null;
  const loadPlotly = () => (plotly ??= new Promise((done, fail) => {
    if (window.Plotly) return done(window.Plotly);
    const tag = document.createElement("script");
    tag.src = PLOTLY;
    tag.onload = () => { registerLocale(window.Plotly); done(window.Plotly); };
    tag.onerror = () => { plotly = null; fail(new Error("Diagrambiblioteket kunde inte hämtas.")); };
    document.head.append(tag);
  }));
  function registerLocale(Plotly) {
    Plotly.register({ moduleType: "locale", name: "sv", dictionary: {}, format: {
      days: ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"],
      shortDays: ["sön", "mån", "tis", "ons", "tors", "fre", "lör"],
      months: ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
      shortMonths: ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"],
      date: "%Y-%m-%d", decimal: ",", thousands: "\u202f" } });
  }

  /* ---- navigation ---- */
  /* Only the board writes the address. Streamlit would too, when a page arrives; but by then the reader may have
   * gone on, and would be taken back. */
  const write = history.pushState.bind(history);
  history.pushState = history.replaceState = () => {};
  const ask = () => window.dispatchEvent(new PopStateEvent("popstate"));
  const state = document.documentElement.dataset;
  function go(url) {
    const target = new URL(url, location.href);
    if (target.href === location.href) return;
    write({}, "", target);
    state.busy = "1";
    ask();
  }
  /* The address in the form in which the server says what it was asked. */
  const wanted = () => JSON.stringify([location.pathname.replaceAll("/", ""),
    [...new URLSearchParams(location.search)].sort(([one], [other]) => (one < other ? -1 : 1))]);
  let answered = "", retried = "", steps = [];
  function arrived(asked) {
    if (asked === answered) return;
    answered = asked;
    if (asked === wanted()) {
      delete state.busy;
      steps.splice(0, 1).forEach((step) => setTimeout(step));
      return;
    }
    /* The answer to an earlier step. A step taken while a page is being run can be lost on the way: ask again, once. */
    setTimeout(() => {
      if (answered !== asked || asked === wanted() || retried === wanted()) return;
      retried = wanted();
      ask();
    }, 300);
  }
  /* What a step leads to is known when the page it is taken from has come. */
  const whenHere = (step) => (state.busy ? steps.push(step) : step());
  function withParam(name, value) {
    const url = new URL(location.href);
    if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    return url;
  }
  function onClick(event) {
    const link = event.target.closest("a[href]");
    if (link && !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      const href = link.getAttribute("href");
      if (href.startsWith("/") && !link.hasAttribute("download")) {
        event.preventDefault();
        go(href);
        if (!link.hasAttribute("data-stay")) window.scrollTo(0, 0);
        return;
      }
      if (href.startsWith("#")) {
        event.preventDefault();
        const to = document.getElementById(href.slice(1));
        if (to) { to.scrollIntoView({ block: "start" }); to.setAttribute("tabindex", "-1"); to.focus({ preventScroll: true }); }
        return;
      }
    }
    const button = event.target.closest("[data-do]");
    if (button) ACTIONS[button.dataset.do]?.(button, event);
  }
  function onChange(event) {
    const field = event.target;
    if (field.matches("select[name]")) {
      const url = withParam(field.name, field.value);
      /* Another period is another question: what was chosen within the old one goes with it. */
      const drops = field.name === "period" ? document.querySelector("[data-drops]")?.dataset.drops.split(" ") : [];
      for (const name of drops || []) url.searchParams.delete(name);
      return go(url);
    }
    /* A number that is what it usually is, or is none, leaves the address. */
    if (field.matches("input[type=number][name]")) {
      return go(withParam(field.name, field.value === field.dataset.usual ? "" : field.value));
    }
    if (field.matches("input[type=checkbox][data-list]")) {
      const box = field.closest("[data-group]");
      const chosen = [...box.querySelectorAll("input[type=checkbox][data-list]:checked")].map((one) => one.value);
      go(withParam(field.dataset.list, chosen.join(",")));
    }
  }

  /* ---- search ---- */
  let seeking = false;
  function onSubmit(event) {
    const form = event.target.closest("form[data-go]");
    if (!form) return;
    event.preventDefault();
    const url = new URL(form.dataset.go, location.href);
    for (const [name, value] of new FormData(form)) if (value.trim()) url.searchParams.set(name, value.trim());
    /* Another page is another element: the focus follows, but not where it would open a keyboard over the hits. */
    seeking = url.href !== location.href && matchMedia("(hover: hover)").matches;
    go(url);
    window.scrollTo(0, 0);
  }
  function toField() {
    const field = document.getElementById("f-q");
    field?.focus({ preventScroll: true });
    field?.select();
    return Boolean(field);
  }
  /* With Ctrl (Command on a Mac), so that no single letter does anything by itself (WCAG 2.1.4). */
  document.addEventListener("keydown", (event) => {
    const board = document.querySelector(".board[data-search]");
    const only = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!board || !only || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (!toField()) { seeking = true; go(board.dataset.search); }
  });

  /* ---- actions ---- */
  const ACTIONS = {
    theme() {
      const dark = document.documentElement.dataset.theme === "dark";
      try { localStorage.setItem("board-theme", dark ? "light" : "dark"); } catch { /* private mode: for this visit only */ }
      applyTheme(dark ? "light" : "dark");
    },
    tab(button) {
      const card = button.closest("[data-card]");
      for (const one of card.querySelectorAll("[data-do=tab]")) one.setAttribute("aria-selected", String(one === button));
      for (const panel of card.querySelectorAll("[role=tabpanel]")) panel.hidden = panel.id !== button.getAttribute("aria-controls");
      resizeCharts(card);
    },
    csv(button) { saveTable(button.closest("[data-card]")); },
    excel(button) { whenHere(() => saveWorkbook(button.closest("[data-card]"))); },
    async svg(button) { await savePicture(button.closest("[data-card]"), "svg"); },
    async png(button) { await savePicture(button.closest("[data-card]"), "png"); },
    async copy(button) {
      const text = new URL(button.dataset.href || location.href, location.href).href;
      let done = true;
      try { await navigator.clipboard.writeText(text); } catch { done = false; }
      say(done ? "Länken är kopierad." : text);
    },
    print() { window.print(); },
  };
  function say(text) {
    const live = document.getElementById("board-live");
    if (live) { live.textContent = ""; setTimeout(() => { live.textContent = text; live.classList.add("show"); }, 30); setTimeout(() => live.classList.remove("show"), 3500); }
  }
  function fileName(card, suffix) { return `${card.dataset.file || "styrkort"}.${suffix}`; }
  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  }
  function saveTable(card) {
    /* What is exported is what is shown, cell by cell; a byte order mark and semicolons suit Swedish Excel. */
    const lines = [...card.querySelectorAll("table[data-export] tr")].map((row) => [...row.cells].map((cell) => {
      const text = cell.dataset.value ?? cell.textContent.trim().replace(/\s+/g, " ");
      /* A leading =, +, - or @ in words would run as a formula in a spreadsheet. */
      const safe = cell.dataset.value === undefined && /^[=+@\t]/.test(text) ? `'${text}` : text;
      return /[";\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    }).join(";"));
    /* A card may hold several tables of one kind: they are one list, with one head. */
    const heads = new Set([...card.querySelectorAll("table[data-export] tr")].flatMap((row, at) => row.closest("thead") ? [lines[at]] : []));
    const rows = lines.filter((line, at) => !heads.has(line) || lines.indexOf(line) === at);
    const notes = (card.dataset.note || "").split("\n").filter(Boolean).map((line) => `"# ${line.replaceAll('"', '""')}"`);
    save(new Blob(["\ufeff" + [...notes, ...rows].join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }), fileName(card, "csv"));
    say("Tabellen är sparad som CSV.");
  }
  async function saveWorkbook(card) {
    /* Made by the server from the same address as the page, so that numbers are numbers. */
    const name = card.getAttribute("aria-labelledby")?.replace(/^h-/, "") || card.id;
    const url = new URL(`/export/${card.closest(".board").dataset.page}`, location.href);
    url.search = location.search;
    url.searchParams.set("kort", name);
    let told = "Filen kunde inte hämtas. Försök igen.";
    try {
      const answer = await fetch(url);
      if (answer.ok) {
        save(await answer.blob(), fileName(card, "xlsx"));
        told = "Tabellen är sparad som Excel.";
      } else if (answer.status < 500) told = await answer.text();
    } catch { /* no connection: said below */ }
    say(told);
  }
  async function savePicture(card, format) {
    /* A picture that travels carries its title, and below it where the numbers come from. */
    const chart = card.querySelector("[data-chart]");
    const Plotly = await loadPlotly();
    const { data, layout } = coloured(chart._spec, tokens());
    const ink = tokens()("--ink");
    const title = card.querySelector("h2, h3")?.textContent.trim() || "";
    const notes = (card.dataset.note || "").split("\n").filter(Boolean).slice(1).map(escaped).join("<br>");
    const picture = { data, layout: { ...layout, paper_bgcolor: tokens()("--ground"),
      title: { text: escaped(title), x: 0.02, xanchor: "left", font: { size: 20, color: ink } },
      margin: { ...layout.margin, t: (layout.margin?.t || 20) + 56, b: (layout.margin?.b || 40) + 44 },
      annotations: [...(layout.annotations || []), { text: notes, showarrow: false, xref: "paper", yref: "paper", align: "left",
        x: 0, y: 0, xanchor: "left", yanchor: "top", yshift: -(layout.margin?.b || 40), font: { size: 12, color: ink } }] } };
    const url = await Plotly.toImage(picture, { format, width: 1200, height: 700, scale: format === "png" ? 2 : 1 });
    save(await fetchData(url), fileName(card, format));
    say("Bilden är sparad.");
  }
  /* Plotly reads a little markup in texts; a name from the data must not become any. */
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  async function fetchData(url) {
    const comma = url.indexOf(",");
    const head = url.slice(5, comma);
    const body = url.slice(comma + 1);
    const bytes = head.endsWith(";base64") ? Uint8Array.from(atob(body), (c) => c.charCodeAt(0)) : new TextEncoder().encode(decodeURIComponent(body));
    return new Blob([bytes], { type: head.split(";")[0] });
  }

  /* ---- theme ---- */
  const media = matchMedia("(prefers-color-scheme: dark)");
  function chosenTheme() {
    try { const kept = localStorage.getItem("board-theme"); if (kept === "dark" || kept === "light") return kept; } catch { /* as the system says */ }
    return media.matches ? "dark" : "light";
  }
  function applyTheme(theme) {
    document.documentElement.dataset.theme = theme;
    for (const chart of document.querySelectorAll("[data-chart]")) if (chart._spec) draw(chart, chart._spec, true);
  }
  applyTheme(chosenTheme());
  media.addEventListener("change", () => applyTheme(chosenTheme()));

  /* ---- charts ---- */
  const seen = "IntersectionObserver" in window ? new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target, entry.target._spec); }
  }, { rootMargin: "200px" }) : null;
  function tokens() {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue(name).trim();
  }
  function coloured(value, token) {
    /* "var(--x)" in a figure is looked up in the theme that is on, so a figure is sent once for both. */
    if (typeof value === "string") return value.startsWith("var(") ? token(value.slice(4, -1)) || value : value;
    if (Array.isArray(value)) return value.map((one) => coloured(one, token));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one, token)]));
    return value;
  }
  async function draw(node, spec, again = false) {
    const text = JSON.stringify(spec);
    if (!again && node._drawn === text) return;
    const Plotly = await loadPlotly();
    if (!node.isConnected) return;
    const figure = coloured(spec, tokens());
    node._drawn = text;
    await Plotly.react(node, figure.data, { ...figure.layout, autosize: true }, {
      displayModeBar: false, responsive: true, locale: "sv", scrollZoom: false, doubleClick: "reset", showTips: false });
    if (!node.dataset.ready) {
      /* A printed point leads to its line in the report; the table beside the chart has the same links. */
      const way = (event) => event.points?.[0]?.customdata;
      node.on("plotly_click", (event) => { if (way(event)) { go(way(event)); window.scrollTo(0, 0); } });
      node.on("plotly_hover", (event) => node.classList.toggle("leads", Boolean(way(event))));
      node.on("plotly_unhover", () => node.classList.remove("leads"));
    }
    node.dataset.ready = "1";
  }
  function resizeCharts(root) {
    for (const chart of root.querySelectorAll("[data-chart][data-ready]")) if (chart.offsetParent) window.Plotly?.Plots.resize(chart);
  }
  function hydrate(root, charts) {
    for (const node of root.querySelectorAll("[data-chart]")) {
      node._spec = charts[node.dataset.chart];
      if (!node._spec) continue;
      if (seen && !node.dataset.ready) seen.observe(node); else draw(node, node._spec);
    }
  }

  /* ---- keyboard ---- */
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    const tab = event.target.closest?.("[role=tab]");
    if (tab && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const tabs = [...tab.parentElement.querySelectorAll("[role=tab]")];
      const next = tabs[(tabs.indexOf(tab) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      next.focus(); next.click(); event.preventDefault();
      return;
    }
    if (event.target.matches?.("input, select, textarea, [contenteditable]")) return;
    const point = event.target.closest?.("[data-point]");
    if (point && event.key === " ") { event.preventDefault(); point.click(); return; }
    const leave = document.querySelector("[data-close]");
    if (leave && event.key === "Escape") { event.preventDefault(); leave.click(); return; }
    const cell = event.target.closest?.("[data-cell]");
    if (cell && event.key.startsWith("Arrow")) return moveInGrid(cell, event);
    if (!state.projector) return;
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    whenHere(() => { go(document.querySelector(".board").dataset[step]); window.scrollTo(0, 0); });
  });
  const STEPS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous", Escape: "leave" };
  function moveInGrid(cell, event) {
    const grid = cell.closest("[data-grid]");
    const [row, column] = cell.dataset.cell.split(",").map(Number);
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    let at = [row + step[0], column + step[1]];
    for (let tries = 0; tries < 6; tries += 1) {
      const next = grid.querySelector(`[data-cell="${at[0]},${at[1]}"]`);
      if (!next) return;
      if (next.tabIndex >= 0 || next.matches("a,button")) { next.focus(); return; }
      at = [at[0] + step[0], at[1] + step[1]];
    }
  }

  /* ---- the panel about a number that is pointed at ---- */
  let pointed = null;
  function showDrawer(root) {
    const drawer = root.querySelector("[data-drawer]");
    const now = drawer ? drawer.dataset.drawer : null;
    const place = drawer && document.getElementById(drawer.dataset.return);
    for (const old of root.querySelectorAll("[data-point][aria-current]")) if (old !== place) old.removeAttribute("aria-current");
    place?.setAttribute("aria-current", "true");
    if (now === (pointed?.key ?? null)) return;
    if (!drawer) document.getElementById(pointed?.place)?.focus();
    else {
      /* On a small screen the panel lies over the page, and the number must stand above it. */
      const over = getComputedStyle(drawer).position === "fixed";
      const box = place?.getBoundingClientRect();
      const free = over ? drawer.getBoundingClientRect().top : innerHeight;
      if (box && (box.top < 0 || box.bottom > free)) place.scrollIntoView({ block: over ? "start" : "center" });
      drawer.querySelector("h2").focus({ preventScroll: true });
      drawer.closest(".report-side").scrollTop = 0;
    }
    pointed = drawer ? { key: now, place: drawer.dataset.return } : null;
  }

  /* ---- mounting ---- */
  function showTarget(root) {
    /* A link to a part of another page: the part is there only once the page's answer has come. */
    const at = location.pathname + location.hash;
    if (root._at === at) return;
    root._at = at;
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "start" });
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }

  function showHere(root) {
    /* On a small screen the menu is one line that scrolls: the page that is shown must be in sight. */
    const here = root.querySelector(".rail li a[aria-current]"), menu = here?.closest("ul");
    if (menu && menu.scrollWidth > menu.clientWidth) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - 40;
  }

  window.boardRender = (component) => {
    const { data, parentElement } = component;
    let root = parentElement.querySelector(":scope > .board-root");
    if (!root) {
      root = document.createElement("div");
      root.className = "board-root";
      root.dataset.board = "";
      parentElement.append(root);
      root.addEventListener("click", onClick);
      root.addEventListener("change", onChange);
      root.addEventListener("submit", onSubmit);
    }
    /* Streamlit renders the element again while a run goes on; only another page is an answer. */
    if (root._html !== data.html) {
      root._html = data.html;
      if (root.firstElementChild && window.Idiomorph) {
        window.Idiomorph.morph(root, data.html, { morphStyle: "innerHTML", ignoreActiveValue: false, callbacks: {
          beforeNodeMorphed: (old, fresh) => {
            if (old.nodeType === 1 && old.hasAttribute("data-chart") && fresh.nodeType === 1 && fresh.getAttribute("data-chart") === old.getAttribute("data-chart")) {
              old.setAttribute("aria-label", fresh.getAttribute("aria-label") || "");
              return false;
            }
            /* What says that it is the same needs no second look, however long it is. */
            if (old.nodeType === 1 && old.dataset.same && old.dataset.same === fresh.dataset?.same) return false;
            if (old.nodeType === 1 && old.tagName === "DETAILS" && old.open) fresh.setAttribute("open", "");
            return true;
          },
          /* The tab a reader has chosen stays chosen when the numbers under it change. */
          beforeAttributeUpdated: (name, node) => !(
            (name === "aria-selected" && node.getAttribute("role") === "tab") ||
            (name === "hidden" && node.getAttribute("role") === "tabpanel")),
        } });
        for (const field of root.querySelectorAll("select")) {
          const said = field.querySelector("option[selected]");
          if (said && field.value !== said.value) field.value = said.value;
        }
        for (const field of root.querySelectorAll("input[type=checkbox]")) field.checked = field.hasAttribute("checked");
      } else {
        root.innerHTML = data.html;
      }
      if (data.title) document.title = data.title;
    }
    showHere(root);
    hydrate(root, Object.fromEntries(data.charts || []));
    state.projector = root.querySelector(".board")?.dataset.projector || "";
    showTarget(root);
    showDrawer(root);
    if (seeking && root.querySelector(".board[data-page=sok]")) seeking = !toField();
    arrived(data.asked ? JSON.stringify(data.asked) : wanted());
  };
})();
