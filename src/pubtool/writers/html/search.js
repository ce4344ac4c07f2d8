// Search without a server: loads the shards of the index that a query's words fall into, and ranks.
// The rules by which words are folded and cut are those of writers/search.py, and tests hold both to
// them. Everything that it shows is put in as text, never as markup.
"use strict";

const POINTS = /[\u00ad\u200b-\u200d\u2060\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
const LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
  "ı": "i", "ς": "σ"};
const SOLID = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u9fff" +
  "\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${SOLID}]+|[^${SOLID}]+`, "gu");
const IS_SOLID = new RegExp(`^[${SOLID}]`, "u");
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const LONGEST = 40;
const WEIGHTS = 16;
const PAGE = 20;

function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(POINTS, "");
  return plain.replace(/[ßæœøłđðþıς]/g, letter => LETTERS[letter]).normalize("NFC");
}

function splitWords(text) {
  const words = [];
  for (const word of fold(text).match(WORD) ?? []) {
    for (const run of word.match(RUNS)) {
      const letters = [...run];
      if (!IS_SOLID.test(run)) {
        words.push(letters.slice(0, LONGEST).join(""));
      } else {
        letters.slice(1).forEach((letter, at) => words.push(letters[at] + letter));
        if (letters.length === 1) words.push(run);
      }
    }
  }
  return words;
}

// --- Loading: a shard is a script that hands its content over --------------------------------------

const waiting = new Map();
const loaded = new Map();

function take(name, data) {
  waiting.get(name)?.(data);
}

globalThis.pubtool = {
  words: (number, data) => take(`words-${number}`, data),
  posts: (number, data) => take(`posts-${number}`, data),
  fold,
  splitWords,
};

function load(name) {
  if (!loaded.has(name)) {
    loaded.set(name, new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${name}.js`;
      script.onerror = () => {
        loaded.delete(name);
        reject(new Error(name));
      };
      document.head.append(script);
    }));
  }
  return loaded.get(name);
}

// --- Finding -----------------------------------------------------------------------------------------

function shardsOf(manifest, word) {
  const from = Math.max(0, manifest.first.findLastIndex(first => first <= word));
  const numbers = [from];
  for (let at = from + 1; manifest.first[at]?.startsWith(word); at += 1) numbers.push(at);
  return manifest.first.length ? numbers : [];
}

// The posts that have a word beginning so, each with what that is worth.
async function matches(manifest, query) {
  const found = new Map();
  const shards = shardsOf(manifest, query).map(number => load(`words-${number}`));
  for (const shard of await Promise.all(shards)) {
    for (const [word, steps] of Object.entries(shard)) {
      if (!word.startsWith(query)) continue;
      const rare = Math.log(1 + manifest.posts / steps.length) * (word === query ? 2 : 1);
      let place = 0;
      for (const step of steps) {
        place += step;
        const post = Math.floor(place / WEIGHTS);
        const worth = (place % WEIGHTS) * rare;
        if (worth > (found.get(post) ?? 0)) found.set(post, worth);
      }
    }
  }
  return found;
}

async function find(manifest, text) {
  const every = [...new Set(splitWords(text))];
  // one letter says nothing, unless it is all that there is or a word by itself
  const long = every.filter(word => word.length > 1 || IS_SOLID.test(word));
  const words = long.length ? long : every;
  const found = await Promise.all(words.map(word => matches(manifest, word)));
  if (!found.length) return [];
  const [fewest, ...others] = found.sort((one, other) => one.size - other.size);
  const ranked = [];
  for (const [post, worth] of fewest) {
    if (others.every(other => other.has(post))) {
      ranked.push([post, others.reduce((sum, other) => sum + other.get(post), worth)]);
    }
  }
  ranked.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return ranked.map(([post]) => post);
}

async function tell(manifest, posts) {
  return Promise.all(posts.map(async post => {
    const part = await load(`posts-${Math.floor(post / manifest.told)}`);
    return part[post % manifest.told];
  }));
}

// --- The page ----------------------------------------------------------------------------------------

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}

function item(root, [url, title, day, excerpt, lang]) {
  const made = document.createElement("li");
  const heading = element("h2", "");
  heading.append(element("a", title, {href: root + url, lang}));
  made.append(heading);
  if (day) made.append(element("p", day, {class: "byline"}));
  if (excerpt) made.append(element("p", excerpt, {lang}));
  return made;
}

function start() {
  const form = document.getElementById("Search");
  const field = document.getElementById("Query");
  const count = document.getElementById("Count");
  const list = document.getElementById("Results");
  const more = document.getElementById("More");
  const manifest = JSON.parse(document.getElementById("Manifest").textContent);
  const root = form.dataset.root;
  let asked = 0;
  let rest = [];

  async function show(posts) {
    const mine = asked;
    const told = await tell(manifest, posts.slice(0, PAGE));
    if (mine !== asked) return null;
    rest = posts.slice(PAGE);
    more.hidden = !rest.length;
    const items = told.map(post => item(root, post));
    list.append(...items);
    return items;
  }

  async function search() {
    asked += 1;
    const mine = asked;
    const text = field.value.trim();
    try {
      history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
    } catch {
      // a page that was opened from a disk has no address to change
    }
    try {
      const posts = text ? await find(manifest, text) : [];
      if (mine !== asked) return;
      list.replaceChildren();
      more.hidden = true;
      const said = posts.length === 1 ? "one" : posts.length ? "other" : "none";
      count.textContent = text ? count.dataset[said].replace("{count}", posts.length) : "";
      await show(posts);
    } catch {
      count.textContent = count.dataset.failed;
    }
  }

  let pause = 0;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(pause);
    search();
  });
  more.addEventListener("click", async () => {
    const items = await show(rest);
    items?.[0]?.querySelector("a").focus();
  });
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();
}

if (document.getElementById("Search")) start();
