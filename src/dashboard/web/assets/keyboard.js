// Streamlit reruns the page on "r" and opens a dialog on "c", anywhere and without a modifier. Someone who
// dictates or brushes a key sets them off by mistake (WCAG 2.1.4). The library behind them listens on document,
// so the key is stopped one step below it, on body: fields, lists and our own components have had it by then.
(() => {
  "use strict";
  const SHORTCUTS = new Set(["r", "c"]);
  const stop = (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && event.key && SHORTCUTS.has(event.key.toLowerCase())) event.stopPropagation();
  };
  document.body.addEventListener("keydown", stop);
  document.body.addEventListener("keyup", stop);
})();
