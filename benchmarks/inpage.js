/* Runs inside the page. benchWatch: from the event to the last change of content and the frame that shows it.
 * A frame's end is seen by a message posted from its animation callback: it is handled after layout and paint. */
(() => {
  const afterFrame = (done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  });
  const act = {
    select: ([selector, value]) => {
      const field = document.querySelector(selector);
      field.value = value;
      return () => field.dispatchEvent(new Event("change", { bubbles: true }));
    },
    link: ([selector]) => { const link = document.querySelector(selector); return () => link.click(); },
    option: ([text]) => {
      const all = [...document.querySelectorAll('[role="option"]')];
      const option = all.find((one) => one.textContent.trim() === text);
      return () => option.click();
    },
    dash: ([id, value]) => () => window.dash_clientside.set_props(id, { value }),
  };
  window.benchWatch = (root, must, kind, given, quiet) => new Promise((done, fail) => {
    const trigger = act[kind](given);
    let first = 0, painted = 0, waiting = 0, timer = 0;
    const node = document.querySelector(root);
    /* A closing list of choices is no answer: the wait begins when something in the content has changed. */
    const element = (one) => (one.nodeType === 1 ? one : one.parentElement);
    const counts = (change) => element(change.target)?.closest(must)
      || [...change.addedNodes].some((one) => one.nodeType === 1 && (one.matches(must) || one.querySelector(must)));
    const watcher = new MutationObserver((list) => {
      if (!first && list.some(counts)) first = performance.now();
      if (!first) return;
      waiting += 1;
      clearTimeout(timer);
      afterFrame((now) => { painted = now; waiting -= 1; if (!waiting) timer = setTimeout(finish, quiet); });
    });
    const give = setTimeout(() => fail(new Error("nothing changed")), 20000);
    let begun = 0;
    function finish() {
      watcher.disconnect();
      clearTimeout(give);
      done({ first: first - begun, painted: painted - begun });
    }
    /* Texts, elements and the shapes of charts; styles and classes also change without new content. */
    watcher.observe(node, { childList: true, characterData: true, subtree: true, attributes: true,
      attributeFilter: ["d", "points", "transform", "data-ready", "value"] });
    requestAnimationFrame(() => { begun = performance.now(); trigger(); });
  });
  window.benchLoaded = (ready) => { window.benchReady = new Promise((done, fail) => {
    const give = setTimeout(() => fail(new Error("the content never came")), 60000);
    const look = () => {
      if (!ready()) return requestAnimationFrame(look);
      clearTimeout(give);
      afterFrame(done);
    };
    look();
  }); };
})();
