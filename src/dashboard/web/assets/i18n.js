// Streamlit's own interface is in English and has no setting for it. This replaces its strings, and only them:
// a text or label is changed when the whole of it stands in the dictionary or fits a pattern, and never inside
// what the dashboard itself has written (data-board) or inside tables, code and fields.
(() => {
  "use strict";
  const WORDS = {
    // Menu, header and side bar
    "Main menu": "Huvudmeny",
    "App pages": "Sidor",
    Sidebar: "Sidomeny",
    "Skip to main content": "Hoppa till innehållet",
    "Navigate to home page": "Till startsidan",
    "Collapse sidebar": "Fäll ihop sidomenyn",
    "Expand sidebar": "Visa sidomenyn",
    "View less": "Visa färre",
    "view less": "visa mindre",
    "view more": "visa mer",
    Rerun: "Läs in igen",
    "Always rerun": "Läs alltid in igen",
    "Auto rerun": "Läs in automatiskt",
    "File change.": "Programmet har ändrats.",
    "Clear cache": "Töm mellanlagret",
    "Clear caches": "Töm mellanlagret",
    Print: "Skriv ut",
    "Record screen": "Spela in skärmen",
    "Record a screencast": "Spela in skärmen",
    "Stop recording": "Stoppa inspelningen",
    "Report a bug": "Rapportera ett fel",
    "Get help": "Få hjälp",
    About: "Om",
    Theme: "Utseende",
    Light: "Ljust",
    Dark: "Mörkt",
    System: "Som datorn",
    "Use system setting": "Som datorn",
    "Custom Theme Light": "Ljust",
    "Custom Theme Dark": "Mörkt",
    "Custom Theme Auto": "Som datorn",
    "Toolbar action": "Verktyg",
    // State of the connection and of the run
    "Running...": "Arbetar …",
    "Running": "Arbetar",
    "Stop script": "Avbryt",
    "Please wait...": "Vänta …",
    Connecting: "Ansluter",
    "Connecting to Streamlit server": "Ansluter till servern",
    "Connecting to static app": "Ansluter",
    "Connection error": "Ingen kontakt med servern",
    "Connection timed out.": "Servern svarade inte i tid.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Kontakten bröts. Vänta tills sidan har anslutit igen och försök på nytt.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Servern svarar inte. Kontrollera att den är igång och att du har kontakt med nätet.",
    "Unable to connect to Streamlit server": "Det går inte att nå servern",
    "Reconnected to server.": "Ansluten igen.",
    "Network error": "Nätverksfel",
    "Network Error": "Nätverksfel",
    "Try again": "Försök igen",
    "Script execution error": "Sidan kunde inte visas",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist": "Sidan du sökte finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Sidan du sökte finns inte. Startsidan visas i stället.",
    "Unknown error": "Okänt fel",
    "Unknown Error": "Okänt fel",
    "Bad message format": "Oväntat svar från servern",
    // Dialogs, tools and tables
    Close: "Stäng",
    Dismiss: "Stäng",
    Cancel: "Avbryt",
    OK: "OK",
    Copy: "Kopiera",
    Copied: "Kopierat",
    "Copy to clipboard": "Kopiera",
    "Copy link to heading": "Kopiera länk till rubriken",
    "Link to heading": "Länk till rubriken",
    Fullscreen: "Helskärm",
    "Toggle fullscreen": "Växla helskärm",
    "View fullscreen": "Visa i helskärm",
    "Enter fullscreen": "Visa i helskärm",
    "Exit fullscreen": "Lämna helskärm",
    "Close fullscreen": "Lämna helskärm",
    Search: "Sök",
    "Type to search": "Skriv för att söka",
    "Close Search": "Stäng sökningen",
    "Next Result": "Nästa träff",
    "Previous Result": "Föregående träff",
    "Download as CSV": "Ladda ner som CSV",
    "Download as PNG": "Ladda ner som PNG",
    "Download failed": "Nedladdningen misslyckades",
    "Show data": "Visa data",
    "Show chart": "Visa diagram",
    "Show/hide columns": "Visa eller dölj kolumner",
    "Hide column": "Dölj kolumnen",
    "Pin column": "Fäst kolumnen",
    "Unpin column": "Lossa kolumnen",
    "Copy column name": "Kopiera kolumnens namn",
    "Sort ascending": "Sortera stigande",
    "Sort descending": "Sortera fallande",
    "Dataframe column menu": "Kolumnens meny",
    "Scrollable table": "Tabell som går att rulla",
    "Add row": "Lägg till rad",
    "Delete row(s)": "Ta bort rader",
    "Clear selection": "Ta bort markeringen",
    "No data": "Inga data",
    "No content": "Inget innehåll",
    empty: "tomt",
    Format: "Format",
    Automatic: "Automatiskt",
    Distinct: "Olika värden",
    Minimum: "Minsta",
    Maximum: "Största",
    Median: "Median",
    Average: "Medelvärde",
    "Standard deviation": "Standardavvikelse",
    Sum: "Summa",
    Empty: "Tomma",
    "Based on sample": "Räknat på ett urval",
    "Failed to load data": "Data kunde inte läsas in",
    "Image source failed to load": "Bilden kunde inte läsas in",
    // Lists and fields
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Choose or add an option": "Välj eller lägg till",
    "Choose or add options": "Välj eller lägg till",
    "Select...": "Välj …",
    "Select all": "Välj alla",
    "Clear all": "Ta bort alla",
    "Clear value": "Ta bort värdet",
    "Clear entry": "Töm fältet",
    "Clear date": "Ta bort datumet",
    "Clear dates": "Ta bort datumen",
    "No results": "Inga träffar",
    "No options": "Inga val",
    "No options to select": "Inga val",
    Open: "Öppna",
    "Selectbox options": "Val i listan",
    "Multiselect options": "Val i listan",
    "Selected values": "Valda värden",
    "All selected options have been cleared.": "Alla val är borttagna.",
    "Show password": "Visa lösenordet",
    "Hide password": "Dölj lösenordet",
    "Invalid input.": "Värdet går inte att använda.",
    "Number is above the allowed range.": "Talet är för stort.",
    "Number is below the allowed range.": "Talet är för litet.",
    Decrement: "Minska",
    Increment: "Öka",
    "Press Enter to apply": "Tryck på Retur för att använda",
    "Press Enter to submit form": "Tryck på Retur för att skicka",
    "Choose date": "Välj datum",
    "Choose date range": "Välj period",
    "Date range": "Period",
    "Quick select a date range": "Välj en vanlig period",
    "Past Week": "Senaste veckan",
    "Past Month": "Senaste månaden",
    "Past 3 Months": "Senaste 3 månaderna",
    "Past 6 Months": "Senaste 6 månaderna",
    "Past Year": "Senaste året",
    "Past 2 Years": "Senaste 2 åren",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Flytta med piltangenterna, välj med Retur, stäng med Escape.",
    "Scroll tabs left": "Flikar till vänster",
    "Scroll tabs right": "Flikar till höger",
    // Files
    Upload: "Välj fil",
    "file upload": "filuppladdning",
    "Add files": "Lägg till filer",
    "Browse files": "Välj filer",
    "Browse directories": "Välj mappar",
    "Drag and drop file here": "Dra en fil hit",
    "Drag and drop files here": "Dra filer hit",
    "Drag and drop a file here": "Dra en fil hit",
    "Drag and drop directories here": "Dra mappar hit",
    "Upload directories": "Välj mappar",
    "File type not allowed.": "Filtypen går inte att använda.",
    "Only one file is allowed.": "Bara en fil i taget.",
    "Too many files": "För många filer",
    "Error uploading file": "Filen kunde inte laddas upp",
    "Error deleting file": "Filen kunde inte tas bort",
    "Remove file": "Ta bort filen",
    // Plotly's tool bar
    "Download plot as a png": "Ladda ner som PNG",
    "Download plot as a PNG": "Ladda ner som PNG",
    "Download plot": "Ladda ner diagrammet",
    Zoom: "Förstora",
    Pan: "Flytta",
    "Box Select": "Markera med rektangel",
    "Lasso Select": "Markera fritt",
    "Zoom in": "Förstora",
    "Zoom out": "Förminska",
    Autoscale: "Anpassa skalan",
    "Reset axes": "Återställ axlarna",
    "Toggle Spike Lines": "Visa eller dölj hjälplinjer",
    "Show closest data on hover": "Visa närmaste värde",
    "Compare data on hover": "Jämför värden",
    "Double-click to zoom back out": "Dubbelklicka för att zooma ut",
  };
  const PATTERNS = [
    [/^View (\d+) more$/, "Visa $1 till"],
    [/^(\d+) more$/, "$1 till"],
    [/^Remove (.+)$/, "Ta bort $1"],
    [/^Add: (.+)$/, "Lägg till: $1"],
    [/^Select (\d+) matches$/, "Välj $1 träffar"],
    [/^Shortcut (.+)$/, "Kortkommando $1"],
    [/^([\d.]+) ?([KMG]?B) per file(.*)$/, "högst $1 $2 per fil$3"],
    [/^Limit ([\d.]+) ?([KMG]?B) per file(.*)$/, "högst $1 $2 per fil$3"],
    [/^Press (⌘|Ctrl)\+Enter to (?:apply|submit form)$/, "Tryck på $1+Retur för att använda"],
    [/^You can only select up to (\d+) options?\. Remove an option first\.$/, "Du kan välja högst $1. Ta bort ett val först."],
    [/^Number is above the allowed range\. .* equal to (.+)\.$/, "Talet är för stort: högst $1."],
    [/^Number is below the allowed range\. .* equal to (.+)\.$/, "Talet är för litet: minst $1."],
    [/^Number is outside the allowed range\. .* between (.+) and (.+)\.$/, "Talet ska vara mellan $1 och $2."],
    [/^File must be (.+) or smaller\.$/, "Filen får vara högst $1."],
    [/^Connecting to (?:Streamlit )?server.*$/, "Ansluter till servern …"],
    [/^Attempting to connect to .*$/, "Försöker ansluta …"],
    [/^.* Running the app's main page\.$/, "Sidan du sökte finns inte. Startsidan visas i stället."],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-title", "aria-roledescription"];
  const CONTENT =
    '[data-board], [data-testid="stMarkdown"], [data-testid="stHtml"], [data-testid="stTable"], ' +
    "td, th, pre, code, textarea, script, style, [contenteditable]";

  const translate = (text) => {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > 200) return null;
    let swedish = Object.hasOwn(WORDS, trimmed) ? WORDS[trimmed] : null;
    for (let i = 0; swedish === null && i < PATTERNS.length; i += 1) {
      if (PATTERNS[i][0].test(trimmed)) swedish = trimmed.replace(PATTERNS[i][0], PATTERNS[i][1]);
    }
    return swedish === null || swedish === trimmed ? null : text.replace(trimmed, () => swedish);
  };
  const translateText = (node) => {
    const swedish = translate(node.nodeValue);
    if (swedish !== null) node.nodeValue = swedish;
  };
  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const swedish = value === null ? null : translate(value);
      if (swedish !== null) element.setAttribute(name, swedish);
    }
  };
  const walk = (root) => {
    const filter = {
      acceptNode: (node) =>
        node.nodeType === Node.ELEMENT_NODE && node.matches(CONTENT)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    };
    if (root.nodeType === Node.ELEMENT_NODE) translateAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, filter);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
  };
  const inContent = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element === null || element.closest(CONTENT) !== null;
  };
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (inContent(record.target)) continue;
      if (record.type === "characterData") translateText(record.target);
      else if (record.type === "attributes") translateAttributes(record.target);
      else
        for (const node of record.addedNodes) {
          if (node.nodeType === Node.TEXT_NODE) translateText(node);
          else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(CONTENT)) walk(node);
        }
    }
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  walk(document.body);
})();
