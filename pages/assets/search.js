// Finds pages by name and by code: exact ones first, then pages of figures before tables, columns and downloads, and of
// each beginnings before parts, and words that are nearly alike where nothing else is found.
// Entries are those of search-data.js: subject, name, code, what else is said, path.
(function () {
  "use strict";

  const SHOWN = 10; // Of each subject.
  const EXACT = 900;
  const PLURALS = { Criterion: "Criteria", "Criterion of an inspection": "Criteria of inspections" };
  const LATER = { "Criterion of an inspection": 1, Table: 2, Column: 2, Download: 2 };
  const WEIGHTS = { code: 3, name: 2, more: 1 };

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim().replace(/\s+/g, " ");
  }

  // A hyphen, a dot or an underscore within a word is part of it: 1.2.10, ESI-BED-2005, ci_low.
  function wordsOf(text) {
    return plain(text).match(/[\p{L}\p{N}]+(?:[._-][\p{L}\p{N}]+)*/gu) || [];
  }

  function partsOf(word) {
    return word.split(/[._-]/);
  }

  function prepared([subject, name, code, more, path], place) {
    const words = (text) => [...new Set(wordsOf(text).flatMap((word) => [word, ...partsOf(word)]))];
    return {
      subject, name, code, more, path, place,
      plainName: plain(name),
      plainCode: plain(code),
      words: { code: words(code), name: words(name), more: words(more) },
    };
  }

  // How many letters must be written otherwise, at most `bound` + 1.
  function distance(one, other, bound) {
    if (Math.abs(one.length - other.length) > bound) return bound + 1;
    let row = Array.from({ length: other.length + 1 }, (_, n) => n);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      if (Math.min(...next) > bound) return bound + 1;
      row = next;
    }
    return row[other.length];
  }

  function isNear(word, asked) {
    const bound = asked.length < 4 ? 0 : asked.length < 6 ? 1 : 2;
    return bound > 0 && !/\d/.test(asked) && distance(word, asked, bound) <= bound;
  }

  const LOOKS = {
    exact: (word, asked) => (word === asked ? 30 : word.startsWith(asked) ? 10 : 0),
    near: (word, asked) => LOOKS.exact(word, asked) || (isNear(word, asked) ? 2 : 0),
  };

  function scoreOfWord(entry, asked, look) {
    let best = 0;
    for (const [field, weight] of Object.entries(WEIGHTS)) {
      for (const word of entry.words[field]) best = Math.max(best, weight * look(word, asked));
    }
    const parts = partsOf(asked);
    if (best || parts.length === 1) return best;
    return Math.min(...parts.map((part) => scoreOfWord(entry, part, look)));
  }

  function score(entry, asked, words, look) {
    if (entry.plainCode === asked) return 1000;
    if (entry.plainName === asked) return EXACT;
    const scores = words.map((word) => scoreOfWord(entry, word, look));
    if (!words.length || scores.includes(0)) return 0;
    const begins = entry.plainCode.startsWith(asked) ? 300 : entry.plainName.startsWith(asked) ? 200 : 0;
    return begins + scores.reduce((sum, each) => sum + each, 0) / words.length;
  }

  function later({ entry, score: reached }) {
    return reached < EXACT ? LATER[entry.subject] ?? 0 : 0;
  }

  const entries = window.CASEBOOK_ENTRIES.map(prepared);

  function find(text) {
    const asked = plain(text);
    const words = wordsOf(text);
    for (const look of [LOOKS.exact, LOOKS.near]) {
      const found = entries
        .map((entry) => ({ entry, score: score(entry, asked, words, look) }))
        .filter((each) => each.score > 0)
        .sort((a, b) => later(a) - later(b) || b.score - a.score || a.entry.place - b.entry.place);
      if (found.length) return found;
    }
    return [];
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function item({ entry, score: reached }) {
    const link = element("a", "govuk-link", entry.name);
    link.href = entry.path;
    const made = element("li", "casebook-found", "");
    made.append(link);
    if (reached >= EXACT) made.append(" ", element("strong", "govuk-tag govuk-tag--grey", entry.subject));
    const more = [entry.code === entry.name ? "" : entry.code, entry.more].filter(Boolean).join(" · ");
    if (more) made.append(element("p", "govuk-body-s", more));
    return made;
  }

  function told(text, found) {
    if (!text.trim()) return "";
    if (!found.length) return `Nothing is called ${text.trim()}. Try a code, a part of a name, or the A to Z.`;
    return `${found.length} ${found.length === 1 ? "result" : "results"}.`;
  }

  // What is called exactly so, then the others by subject; the subject of the best comes first.
  function grouped(found) {
    const groups = new Map();
    for (const each of found) {
      const title = each.score >= EXACT ? "Called exactly so" : PLURALS[each.entry.subject] ?? `${each.entry.subject}s`;
      groups.set(title, [...(groups.get(title) ?? []), each]);
    }
    return [...groups];
  }

  function section([title, found]) {
    const list = element("ol", "govuk-list", "");
    list.append(...found.slice(0, SHOWN).map(item));
    const made = [element("h2", "govuk-heading-s", title), list];
    if (found.length > SHOWN) {
      made.push(element("p", "govuk-body-s", `The first ${SHOWN} of ${found.length}. More words or letters shorten the list.`));
    }
    return made;
  }

  const box = document.getElementById("search-words");
  const list = document.getElementById("search-found");

  function show() {
    const found = find(box.value);
    document.getElementById("search-told").textContent = told(box.value, found);
    list.replaceChildren(...grouped(found).flatMap(section));
  }

  // The words stand in the address: after `#` once this page is open, after `?q=` where a form led here.
  function asked() {
    const after = new URLSearchParams(location.hash.slice(1)).get("q");
    return after ?? new URLSearchParams(location.search).get("q") ?? "";
  }

  function restore() {
    box.value = asked();
    show();
  }

  box.addEventListener("input", () => {
    history.replaceState(null, "", `#${new URLSearchParams({ q: box.value })}`);
    show();
  });
  box.form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", restore);
  box.form.hidden = false;
  restore();
})();
