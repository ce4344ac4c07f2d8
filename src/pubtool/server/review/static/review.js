// The desk's own script: keys, and pages that follow the files. Without it every page can be read,
// and every form works.
"use strict";

(() => {
  const said = document.getElementById("said");
  let lost = false;

  // --- Keys ---------------------------------------------------------------------------------

  const OFF = "pubtool-review single keys off"; // whoever speaks to a computer may not want them

  const typing = (element) => element?.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  const owner = (key) => [...document.querySelectorAll("[data-key]")]
    .find((element) => element.dataset.key.split(" ").includes(key));

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = event.key;
    if (key !== "Escape" && typing(document.activeElement)) return;
    if (key === "Enter" && document.activeElement !== document.body
      && document.activeElement?.id !== "main") return;
    if (key.length === 1 && key !== "?" && localStorage.getItem(OFF)) return;
    const found = owner(key);
    if (!found) {
      if (key === "Escape") document.activeElement?.blur();
      return;
    }
    event.preventDefault();
    if (!event.repeat || "jknp".includes(key)) found.click();
  });

  const singles = document.getElementById("singles");
  if (singles) singles.checked = !localStorage.getItem(OFF);
  addEventListener("change", (event) => {
    if (event.target.id !== "singles") return;
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  });

  // A form that was sent is not sent again by a second press.
  addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (lost) {
      event.preventDefault();
      tell("Nothing was saved: the desk was closed. Start it again, and open the address that it prints in another tab; what you typed stays here.");
      return;
    }
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // --- What was just done is said once ------------------------------------------------------

  function tidy() {
    const here = new URL(location.href);
    for (const name of ["step", "was"]) here.searchParams.delete(name);
    if (here.href !== location.href) history.replaceState(null, "", here);
  }
  tidy();

  const panel = document.querySelector("#panel");
  if (panel) (panel.querySelector("[autofocus]") || panel.querySelector("h2")).focus();

  // --- A source is looked for while its name is typed ---------------------------------------

  let waiting = 0;

  addEventListener("input", (event) => {
    if (event.target.id !== "words") return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const form = event.target.form;
      const asked = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
      const page = await read(asked);
      const found = page?.getElementById("found");
      if (!found || event.target.value !== page.getElementById("words").value) return;
      document.getElementById("found").replaceWith(document.adoptNode(found));
      const count = found.querySelectorAll("input").length;
      tell(count === 1 ? "1 source" : `${count} sources`);
    }, 150);
  });

  addEventListener("submit", (event) => {
    if (event.target.id !== "find") return;
    event.preventDefault();
    (document.querySelector("#found input:checked") || document.querySelector("#found input"))?.focus();
  });

  // --- The files change ---------------------------------------------------------------------

  async function read(address) {
    try {
      const answer = await fetch(address);
      if (answer.status === 403) { over(); return null; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.redirected) history.replaceState(null, "", answer.url);
      return page;
    } catch { return null; }
  }

  function tell(sentence) {
    const line = document.createElement("p");
    line.textContent = sentence;
    said.replaceChildren(line);
  }

  function over() {
    if (lost) return;
    lost = true;
    tell("The desk was closed. Start it again, and open the address that it prints in another tab; this one goes on from there.");
    setTimeout(back, 1000);
  }

  // A desk that was started again knows this browser once its new address was opened in it; what
  // was typed here goes with the new desk's secret.
  async function back() {
    let page = null;
    try {
      const answer = await fetch("/");
      if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { /* it is not there yet */ }
    const secret = page?.querySelector("[data-secret]")?.dataset.secret;
    if (!secret) { setTimeout(back, 1000); return; }
    for (const field of document.querySelectorAll("input[type=hidden][name=form]")) field.value = secret;
    lost = false;
    said.replaceChildren();
    listen();
    follow();
  }

  // What was typed, opened and focused stays so.
  function swap(old, fresh) {
    const typed = new Map([...old.querySelectorAll("input:not([type=hidden])")]
      .filter((field) => field.name)
      .map((field) => [`${field.name} ${field.type} ${/^(?:checkbox|radio)$/.test(field.type) ? field.value : ""}`, field]));
    for (const field of fresh.querySelectorAll("input:not([type=hidden])")) {
      const before = typed.get(`${field.name} ${field.type} ${/^(?:checkbox|radio)$/.test(field.type) ? field.value : ""}`);
      if (!before) continue;
      if (/^(?:checkbox|radio)$/.test(field.type)) field.checked = before.checked;
      else field.value = before.value;
    }
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    [...fresh.querySelectorAll("details")].forEach((one, at) => { one.open = open[at] || false; });
    const places = "a[href], button, input, summary, [tabindex]";
    const at = [...old.querySelectorAll(places)].indexOf(document.activeElement);
    old.replaceWith(fresh);
    if (at >= 0) fresh.querySelectorAll(places)[at]?.focus({ preventScroll: true });
  }

  // --- The source's page, which takes longer to make than this page ---------------------------

  let pictures = null;

  async function picture() {
    const link = document.getElementById("pictured");
    if (!link) return;
    if (pictures?.from !== link.href) {
      const found = (await read(link.href))?.getElementById("pictures");
      pictures = found ? { from: link.href, all: document.adoptNode(found) } : null;
    }
    if (pictures && pictures.all.querySelector("svg")) document.getElementById("pictured")?.parentElement.after(pictures.all);
  }

  const PARTS = ["top", "main", "foot"];
  const bare = new Map(PARTS.map((id) => [id, document.getElementById(id)?.outerHTML]));
  let asking = false;
  let again = false;

  async function follow() {
    if (document.querySelector(".problem[role=alert]")) return; // an answer to a form stays
    if (asking) { again = true; return; }
    asking = true;
    do {
      again = false;
      const page = await read(location.href);
      if (!page) break;
      let changed = "";
      for (const id of PARTS) {
        const fresh = page.getElementById(id);
        if (!fresh || fresh.outerHTML === bare.get(id)) continue;
        changed ||= id === "main" ? fresh.dataset.changed : "";
        bare.set(id, fresh.outerHTML);
        swap(document.getElementById(id), document.adoptNode(fresh));
      }
      if (changed) {
        document.title = page.title;
        tell(`${changed} It now says: ${page.querySelector("h1")?.textContent.trim()}`);
      }
      tidy();
      picture();
    } while (again);
    asking = false;
  }

  picture();

  let events = null;

  function listen() {
    events?.close();
    events = new EventSource("/events");
    events.onmessage = follow;
    events.onerror = over;
  }

  listen();
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); follow(); } });
})();
