// The preview's own script: remarks beside the paragraphs, the bar, and a reload where the page has
// changed. No page that is published has it.
"use strict";

(() => {
  const bar = document.getElementById("Preview-bar");
  const counts = document.getElementById("Preview-counts");
  const rest = document.getElementById("Preview-rest");
  const at = location.pathname;
  const BLOCKS = "p, li, blockquote, h1, h2, h3, h4, h5, h6, td, th, dd, dt, figcaption, pre, .line-block";
  const ROOM = 176; // the least width of a margin that remarks fit in, in pixels

  // --- Remarks ------------------------------------------------------------------------------

  const flat = (text) => text.replace(/[\s\u00a0]+/g, " ").replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'").replace(/--/g, "–").trim();

  function blockOf(remark, blocks) {
    const marked = remark.quotation && document.getElementById(remark.quotation);
    if (marked) return marked.closest(BLOCKS) || marked.querySelector(BLOCKS) || marked;
    const words = flat(remark.words);
    if (!words) return null;
    return blocks.find(([, text]) => text.includes(words))?.[0] || null;
  }

  function lineOf(remark) {
    const item = document.createElement("li");
    item.className = remark.state;
    const head = document.createElement("b");
    head.textContent = remark.kind === "finding" ? `line ${remark.line}` : remark.kind;
    item.append(head);
    if (remark.about) item.append(` · ${remark.about}`);
    for (const sentence of remark.sentences) {
      const span = document.createElement("span");
      span.textContent = sentence;
      item.append(span);
    }
    return item;
  }

  const lists = new Map();

  function show(remarks) {
    const text = document.querySelector(".text") || document.body;
    const blocks = [...text.querySelectorAll(BLOCKS)].map((block) => [block, flat(block.textContent)]);
    const left = [];
    for (const remark of remarks.places) {
      const block = blockOf(remark, blocks);
      if (!block) { left.push(remark); continue; }
      if (!lists.has(block)) {
        const list = document.createElement("ul");
        list.className = "preview-remarks";
        list.setAttribute("aria-label", "Remarks of the preview");
        list.lang = "en";
        lists.set(block, list);
        const inside = block.matches("td, th, li, dd, dt, figcaption");
        if (inside) block.append(list); else block.after(list);
      }
      lists.get(block).append(lineOf(remark));
    }
    if (left.length) {
      rest.hidden = false;
      rest.querySelector("summary").textContent = `${left.length} more remark${left.length > 1 ? "s" : ""}`;
      rest.querySelector("ul").append(...left.map(lineOf));
      rest.querySelector("ul").className = "preview-remarks";
    }
    bar.classList.add(...(remarks.worst ? [remarks.worst] : []));
    place();
  }

  // Beside the paragraph where the left margin has room (the right one is the notes'), else under it.
  function place() {
    const text = document.querySelector(".text");
    if (!text) return;
    const edge = text.getBoundingClientRect().left;
    const room = Math.min(edge - 32, 260);
    let below = -Infinity;
    for (const [block, list] of lists) {
      const beside = room >= ROOM && !list.parentElement.closest("table");
      list.classList.toggle("beside", beside);
      list.style.cssText = "";
      if (!beside) continue;
      list.style.setProperty("--preview-room", `${room}px`);
      const holder = list.offsetParent || document.body;
      const origin = holder.getBoundingClientRect();
      const top = Math.max(block.getBoundingClientRect().top, below);
      list.style.top = `${top - origin.top + holder.scrollTop}px`;
      list.style.left = `${edge - room - 16 - origin.left}px`;
      below = top + list.offsetHeight + 6;
    }
  }

  const told = document.getElementById("Preview-remarks");
  if (told) {
    show(JSON.parse(told.textContent));
    addEventListener("resize", place);
    addEventListener("load", place);
  }

  // --- The bar, and what changes ------------------------------------------------------------

  const many = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  function sum(state) {
    const parts = [many(state.posts, "post"), many(state.quotations, "quotation")];
    if (state.failing) parts.push(`${state.failing} failing`);
    if (state.unchecked) parts.push(`${state.unchecked} unchecked`);
    if (state.broken) parts.push(`${many(state.broken, "post")} cannot be read`);
    if (state.waiting) parts.push(`${many(state.waiting, "post")} still to be checked`);
    return parts.join(" · ");
  }

  let shown = bar.dataset.page; // it may have changed before the first answer
  let asking = false;
  let again = false;

  async function ask() {
    if (asking) { again = true; return; }
    asking = true;
    do {
      again = false;
      try {
        const answer = await fetch(`/-/state?at=${encodeURIComponent(decodeURIComponent(at))}`);
        const state = await answer.json();
        const said = sum(state);
        if (counts.textContent !== said) counts.textContent = said;
        if (shown !== state.page) reload();
        shown = state.page;
      } catch { /* the server has ended; the stream of events comes back when it does */ }
    } while (again);
    asking = false;
  }

  const KEPT = `preview-scroll ${at}`;

  function reload() {
    sessionStorage.setItem(KEPT, String(scrollY));
    location.reload();
  }

  const kept = sessionStorage.getItem(KEPT);
  if (kept !== null) {
    sessionStorage.removeItem(KEPT);
    scrollTo({ top: Number(kept), behavior: "instant" });
  }

  const events = new EventSource("/-/events");
  events.onmessage = ask;
  addEventListener("pagehide", () => events.close());
})();
