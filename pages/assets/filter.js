// Shortens the lists of a page to rows with words that a reader types, and to what they choose: headings above tables,
// words of a column, or the years of its dates. What is chosen stands in the address after `#`: #find=bed&region=London.
(function () {
  "use strict";

  const added = document.getElementById("casebook-added");
  const labels = (added.dataset.by ?? "").split("|").filter(Boolean);
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const keyOf = (label) => plain(label).replace(/[^a-z0-9]+/g, "-");

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  // A table of the list and the heading above it, which are out of sight where none of its rows is left.
  function listed(table) {
    const figure = table.closest(".casebook-figure");
    const isAlone = figure?.querySelectorAll(".govuk-table").length === 1;
    const part = isAlone ? figure : table.closest(".casebook-scroll");
    const above = part.previousElementSibling;
    const heading = above?.matches("h2, h3") && above.id ? above : null;
    const link = heading && document.querySelector(`nav a[href="#${CSS.escape(heading.id)}"]`);
    return { table, parts: [part, heading, link?.parentElement].filter(Boolean), title: heading?.textContent ?? "" };
  }

  function choiceOf(label, row, { table, title }) {
    const place = [...table.tHead.rows[0].cells].findIndex((cell) => cell.textContent === label);
    const text = place < 0 ? title : row.cells[place].textContent;
    return /^\d{1,2} \w+ (\d{4})$/.exec(text)?.[1] ?? text;
  }

  function prepared(list) {
    return [...list.table.tBodies[0].rows].map((row) => ({
      row,
      list,
      text: plain(`${list.title} ${row.textContent}`),
      choices: labels.map((label) => choiceOf(label, row, list)),
    }));
  }

  const lists = [...document.querySelectorAll("main .govuk-table")].map(listed);
  const rows = lists.flatMap(prepared);

  const form = element("form", "casebook-choices casebook-filter");
  const says = element("p", "govuk-body");
  says.setAttribute("role", "status");

  function labelled(text, field) {
    const label = element("label", "", text);
    label.append(element("br", ""), field);
    return label;
  }

  const box = element("input", "");
  box.type = "search";
  box.autocomplete = "off";

  function selectOf(n) {
    const made = element("select", "");
    const there = [...new Set(rows.map((each) => each.choices[n]).filter(Boolean))].sort();
    made.append(new Option("All", ""), ...there.map((text) => new Option(text, text)));
    return made;
  }

  const selects = labels.map((_, n) => selectOf(n));
  // A choice among nothing, or of one thing, is none.
  const isChoice = (_, n) => selects[n].length > 2;
  const areYears = (select) => select.length > 1 && [...select.options].slice(1).every((option) => /^\d{4}$/.test(option.value));
  function titleOf(select) {
    const label = labels[selects.indexOf(select)];
    return `${label[0].toUpperCase()}${label.slice(1)}${areYears(select) ? ", year" : ""}`;
  }

  form.append(
    labelled("Filter by word or code", box),
    ...selects.filter(isChoice).map((select) => labelled(titleOf(select), select)),
  );
  const hasContents = Boolean(document.querySelector("nav.casebook-contents"));
  form.classList.toggle("casebook-filter--in-sight", !hasContents);
  if (rows.length) added.append(form, says);

  function show(said) {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text, choices } of rows) {
      const fits = words.every((word) => text.includes(word)) && selects.every(({ value }, n) => !value || choices[n] === value);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const { table, parts } of lists) {
      const isEmpty = [...table.tBodies[0].rows].every((row) => row.hidden);
      for (const part of parts) part.hidden = isEmpty;
    }
    const narrowed = words.length || selects.some(({ value }) => value);
    says.textContent = [...said, narrowed ? `${count} of ${rows.length} rows.` : ""].filter(Boolean).join(" ");
  }

  function choose() {
    const chosen = new URLSearchParams();
    if (box.value) chosen.set("find", box.value);
    selects.forEach(({ value }, n) => value && chosen.set(keyOf(labels[n]), value));
    history.replaceState(null, "", `#${chosen}`);
    show([]);
  }

  function restore() {
    if (location.hash.length > 1 && !location.hash.includes("=")) return; // The way to a part of the page.
    const asked = new URLSearchParams(location.hash.slice(1));
    const said = [];
    box.value = asked.get("find") ?? "";
    selects.forEach((select, n) => {
      const value = asked.get(keyOf(labels[n])) ?? "";
      select.value = value;
      if (select.value === value) return;
      select.value = "";
      said.push(`There is no ${labels[n].toLowerCase()} ${value} in this list.`);
    });
    show(said);
  }

  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", restore);
  restore();
})();
