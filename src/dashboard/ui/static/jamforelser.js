/* The button that fetches from Kolada. The server does the fetching; the browser starts it and asks how far it has come. */
(() => {
  "use strict";
  const OWN = { "X-Styrkort": "1" };
  const EVERY = 700;
  let asking = null, finished = false;
  const box = () => document.querySelector("[data-kolada]");
  function show(card, stage) {
    const running = stage.state === "running";
    const bar = card.querySelector("progress");
    bar.hidden = !running;
    bar.value = stage.share;
    const text = card.querySelector(".fetch-state p");
    const said = running ? `${stage.message} (${Math.round(100 * stage.share)} %)` : stage.message;
    if (text.textContent !== said) text.textContent = said;
    text.dataset.state = stage.state;
    card.querySelector("[data-kolada-start]").disabled = running;
  }
  async function ask(card, path, options) {
    try {
      const answer = await fetch(path, { cache: "no-store", ...options });
      return await answer.json();
    } catch {
      return { state: "failed", share: 0, message: "Styrkortets server svarar inte. Ladda om sidan och försök igen." };
    }
  }
  async function follow() {
    clearTimeout(asking);
    const card = box();
    if (!card) return;
    const stage = await ask(card, card.dataset.stage);
    show(card, stage);
    if (stage.state === "running") {
      asking = setTimeout(follow, EVERY);
      return;
    }
    /* What has been fetched is shown by asking for the page again; the address is the same. */
    finished = stage.state === "done";
    if (finished) window.dispatchEvent(new PopStateEvent("popstate"));
  }
  document.addEventListener("click", async (event) => {
    if (!event.target.closest?.("[data-kolada-start]")) return;
    const card = box();
    const stage = await ask(card, card.dataset.start, { method: "POST", headers: OWN });
    show(card, stage);
    if (stage.state === "running") asking = setTimeout(follow, EVERY);
  });
  /* Whoever comes to the page while a fetch is under way sees it; and the page that follows a fetch says what it gave. */
  new MutationObserver(() => {
    const card = box();
    if (!card || card.dataset.seen) return;
    card.dataset.seen = "1";
    ask(card, card.dataset.stage).then((stage) => {
      if (stage.state !== "running" && !finished) return;
      show(card, stage);
      if (stage.state === "running") asking = setTimeout(follow, EVERY);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
