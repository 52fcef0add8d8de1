// Sets two to four areas or inspections side by side: rows of the tables of this page, turned round.
// What is chosen stands in the address after `#`: #areas=BED,KEN or #inspections=ESI-BED-2005,ESI-DVC-2006.
// An area may stand beside its region and its family group: #areas=BED&beside=region,family.
(function () {
  "use strict";

  const MOST = 4;
  const NATION = "ENW"; // England and Wales, which stands beside every choice of areas.
  const POOLS = { region: "Region", family: "Family group" };
  const KINDS = {
    areas: { called: "area", figure: "figure-areas", heads: "Measure" },
    inspections: { called: "inspection", figure: "figure-inspections", heads: "Criterion" },
  };

  const KEYS = [...Object.keys(KINDS), "beside", "none"]; // In the address.

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  function rowsOf(kind) {
    const rows = document.querySelectorAll(`#${KINDS[kind].figure} tr[data-code]`);
    return new Map([...rows].map((row) => [row.dataset.code, row]));
  }

  const rows = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, rowsOf(kind)]));
  const nameOf = (row) => row.cells[0].textContent;

  function listed(names) {
    return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
  }

  // The columns of the table of areas, by code of area: which region and which family group each is in.
  function poolsOf() {
    const table = document.querySelector("#figure-tiles table");
    const heads = [...(table?.tHead.rows[0].cells ?? [])].map((cell) => cell.textContent);
    const text = (row, head) => row.cells[heads.indexOf(head)]?.textContent ?? "";
    const all = [...(table?.tBodies[0].rows ?? [])];
    return new Map(all.map((row) => [
      text(row, "Code"),
      Object.fromEntries(Object.entries(POOLS).map(([pool, head]) => [pool, `${pool}:${text(row, head).replaceAll(",", "")}`])),
    ]));
  }

  const pools = poolsOf();

  // The regions and family groups that areas stand beside, and what must be said of those that have none.
  function besides(codes, asked) {
    const said = asked.filter((pool) => !(pool in POOLS)).map((pool) => `Areas stand beside region or family, not ${pool}.`);
    const wanted = asked.filter((pool) => pool in POOLS);
    const pairs = wanted.flatMap((pool) => codes.filter((code) => pools.has(code)).map((code) => [code, pool]));
    const found = pairs.map(([code, pool]) => pools.get(code)[pool]);
    pairs.forEach(([code, pool], n) => {
      if (!rows.areas.has(found[n])) said.push(`${nameOf(rows.areas.get(code))} has no ${POOLS[pool].toLowerCase()} of more than one area with figures.`);
    });
    return { beside: [...new Set(found)].filter((code) => rows.areas.has(code)), said };
  }

  // The codes that are set side by side, and what must be said of the others.
  function checked(kind, codes, fewest) {
    const { called } = KINDS[kind];
    const known = [...new Set(codes)].filter((code) => rows[kind].has(code));
    const unknown = codes.filter((code) => !rows[kind].has(code));
    const said = unknown.map((code) => `There is no ${called} ${code} on this page.`);
    if (known.length > MOST) said.push(`Only the first ${MOST} of ${known.length} are shown.`);
    const shown = known.slice(0, MOST);
    const table = shown.length && rows[kind].get(shown[0]).closest("table");
    const others = shown.filter((code) => rows[kind].get(code).closest("table") !== table);
    if (others.length) {
      const names = listed(others.map((code) => nameOf(rows[kind].get(code))));
      said.push(`Left out, since criteria of another programme are not the same: ${names}.`);
    }
    const beside = shown.filter((code) => !others.includes(code));
    if (codes.length && beside.length < fewest) said.push(`Choose two to four ${kind}.`);
    return { shown, beside, said };
  }

  function copied(cell, tag, scope) {
    const made = element(tag, tag === "th" ? "govuk-table__header" : cell.className);
    if (scope) made.scope = scope;
    made.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
    return made;
  }

  function sideBySide(kind, codes) {
    const chosen = codes.map((code) => rows[kind].get(code));
    if (kind === "areas" && !codes.includes(NATION)) chosen.push(rows.areas.get(NATION));
    const there = chosen.filter(Boolean);
    const table = element("table", "govuk-table casebook-beside-table");
    const top = table.createTHead().insertRow();
    const corner = element("th", "govuk-table__header", KINDS[kind].heads);
    corner.scope = "col";
    top.append(corner, ...there.map((row) => copied(row.cells[0], "th", "col")));
    const body = table.createTBody();
    const heads = there[0].closest("table").tHead.rows[0].cells;
    for (let place = 1; place < heads.length; place += 1) {
      const line = body.insertRow();
      line.className = "govuk-table__row";
      line.append(copied(heads[place], "th", "row"), ...there.map((row) => copied(row.cells[place], "td")));
    }
    const scroll = element("div", "casebook-scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", `Chosen ${kind}, table`);
    scroll.append(table);
    return scroll;
  }

  function choice(kind, number) {
    const label = element("label", "", `${KINDS[kind].called[0].toUpperCase()}${KINDS[kind].called.slice(1)} ${number}`);
    const select = element("select", "");
    select.dataset.kind = kind;
    const names = [...rows[kind]].filter(([code]) => code !== NATION && !code.includes(":")).map(([code, row]) => new Option(nameOf(row), code));
    select.append(new Option("None", ""), ...names);
    select.addEventListener("change", choose);
    label.append(element("br", ""), select);
    return label;
  }

  function choices(kind) {
    const made = element("fieldset", "casebook-choices");
    made.append(element("legend", "", `Two to four ${kind}`));
    for (let number = 1; number <= MOST; number += 1) made.append(choice(kind, number));
    if (kind === "areas") made.append(...Object.keys(POOLS).filter(hasRows).map(besideBox));
    return made;
  }

  const hasRows = (pool) => [...rows.areas.keys()].some((code) => code.startsWith(`${pool}:`));

  function besideBox(pool) {
    const label = element("label", "casebook-tick");
    const box = element("input", "");
    Object.assign(box, { type: "checkbox", name: "beside", value: pool });
    box.addEventListener("change", choose);
    label.append(box, ` Beside their ${POOLS[pool].toLowerCase()}`);
    return label;
  }

  const boxes = () => [...added.querySelectorAll("input[name=beside]")];

  const selects = (kind) => [...added.querySelectorAll(`select[data-kind=${kind}]`)];

  function choose() {
    const chosen = Object.keys(KINDS)
      .map((kind) => [kind, selects(kind).map((select) => select.value).filter(Boolean)])
      .filter(([, codes]) => codes.length);
    const beside = boxes().filter((box) => box.checked).map((box) => box.value);
    if (beside.length) chosen.push(["beside", beside]);
    location.hash = chosen.map(([kind, codes]) => `${kind}=${codes.join(",")}`).join("&") || "none=";
  }

  function restore() {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return; // The way to a part of the page.
    const asked = new URLSearchParams(hash);
    const codesOf = (key) => (asked.get(key) ?? "").split(",").map((code) => code.trim()).filter(Boolean);
    const wanted = codesOf("beside");
    results.replaceChildren();
    boxes().forEach((box) => {
      box.checked = wanted.includes(box.value);
    });
    const told = [...asked.keys()].filter((key) => !KEYS.includes(key)).map((key) => `Nothing on this page is chosen by ${key}.`);
    for (const kind of Object.keys(KINDS)) {
      const fewest = kind === "areas" && wanted.length ? 1 : 2;
      const { shown, beside, said } = checked(kind, codesOf(kind), fewest);
      selects(kind).forEach((select, place) => {
        select.value = shown[place] ?? "";
      });
      told.push(...said);
      if (beside.length < fewest) continue;
      const others = kind === "areas" ? besides(beside, wanted) : { beside: [], said: [] };
      told.push(...others.said);
      results.append(sideBySide(kind, [...beside, ...others.beside]));
    }
    says.textContent = told.join(" ");
  }

  const added = document.getElementById("casebook-added");
  const says = element("p", "govuk-body");
  says.setAttribute("role", "status");
  const results = element("div", "");
  const kinds = Object.keys(KINDS).filter((kind) => rows[kind].size > 1);
  const heading = element("h2", "govuk-heading-m", "Side by side");
  heading.id = "side-by-side";
  const way = element("a", "govuk-link", heading.textContent);
  way.href = `#${heading.id}`;
  const entry = element("li", "");
  entry.append(way);
  document.querySelector("nav.casebook-contents ul")?.prepend(entry);
  added.append(heading, ...kinds.map(choices), says, results);
  window.addEventListener("hashchange", restore);
  restore();
})();
