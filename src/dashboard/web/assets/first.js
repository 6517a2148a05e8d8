/* Runs before Streamlit. It asks for its icon font (375 kB) on every page, also where no icon is drawn; like any
   font it is loaded when the first element needs it, so only that request is left out. */
(() => {
  const fonts = document.fonts;
  if (!fonts || !fonts.load) return;
  const load = fonts.load.bind(fonts);
  fonts.load = (font, ...text) =>
    String(font).includes("Material Symbols") ? Promise.resolve([]) : load(font, ...text);
})();
