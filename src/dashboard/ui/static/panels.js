/* Small multiples as a picture. Their curves are the page's own SVG, so the picture is put together from them:
 * one panel a unit, with its name and value, the title above and the source below.
 */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const COLUMNS = 4, WIDE = 1200, PANEL = 150, TOP = 76, FOOT = 44, EDGE = 20;
  const PARTS = "path, polyline, line";
  function node(name, values, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  function words(x, y, text, size, weight, colour) {
    return node("text", { x, y, "font-size": size, "font-weight": weight, fill: token(colour) }, text);
  }
  /* What the style sheet says of a curve goes with it, for a file has none. */
  function curve(from, x, y, width, height) {
    const copy = node("svg", { x, y, width, height, viewBox: from.getAttribute("viewBox"), preserveAspectRatio: "none", overflow: "visible" });
    const drawn = from.querySelectorAll(PARTS);
    copy.append(...[...drawn].map((part) => part.cloneNode(true)));
    copy.querySelectorAll(PARTS).forEach((part, at) => {
      const style = getComputedStyle(drawn[at]);
      part.setAttribute("vector-effect", "non-scaling-stroke");
      for (const name of ["stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "fill", "opacity"]) part.setAttribute(name, style.getPropertyValue(name));
    });
    return copy;
  }
  function picture(card) {
    const panels = [...card.querySelectorAll(".panel")];
    const rows = Math.ceil(panels.length / COLUMNS), step = (WIDE - 2 * EDGE) / COLUMNS;
    const height = TOP + rows * PANEL + FOOT;
    const root = node("svg", { xmlns: SVG, width: WIDE, height, viewBox: `0 0 ${WIDE} ${height}`, "font-family": "Source Sans, Segoe UI, sans-serif" });
    root.append(node("rect", { width: WIDE, height, fill: token("--ground") }));
    root.append(words(EDGE, 34, card.querySelector("h2").textContent.trim(), 20, 600, "--ink"));
    root.append(words(EDGE, 56, card.querySelector(".unit-line").textContent.trim(), 13, 400, "--muted"));
    panels.forEach((panel, at) => {
      const x = EDGE + (at % COLUMNS) * step, y = TOP + Math.floor(at / COLUMNS) * PANEL;
      root.append(words(x, y + 14, panel.querySelector("a").textContent.trim(), 14, 600, "--ink"));
      root.append(words(x, y + 32, panel.querySelector("p").textContent.trim().replace(/\s+/g, " "), 13, 400, "--muted"));
      root.append(curve(panel.querySelector("svg"), x, y + 38, step - 24, 84));
    });
    root.append(words(EDGE, height - 16, card.querySelector(".src").textContent.trim(), 12, 400, "--muted"));
    return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
  }
  async function asPng(blob) {
    const url = URL.createObjectURL(blob);
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.width;
    canvas.height = 2 * image.height;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-picture]");
    if (!button) return;
    const card = button.closest("[data-card]"), format = button.dataset.picture;
    const drawn = picture(card);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(format === "png" ? await asPng(drawn) : drawn);
    link.download = `${card.dataset.file}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
    const live = document.getElementById("board-live");
    if (live) live.textContent = "Bilden är sparad.";
  });
})();
