// Makes tables of the measures, areas and periods that a reader chooses, and gives them as CSV.
// What is chosen stands in the address after `#`: #measures=ENF,CMP&areas=BED,regions&of=month&from=2005-04&to=2005-09.
// `measures=all`, `areas=nation,regions,families,areas` are all of a kind; `last=12` is the latest 12 months or years.
// Rows come from assets/data/, a script for each measure, which is loaded once it is chosen.
(function () {
  "use strict";

  const SHOWN = 100;
  const KINDS = { nation: "England and Wales", regions: "All regions", families: "All family groups", areas: "All areas" };
  const OF = { year: "Years (to date)", month: "Months" };
  const HEADS = ["Area", "Area code", "Period", "Figure", "95% interval", "Counted", "Out of", "Target", "Target is", "Note"];
  const CSV_HEADS = [
    "measure_code", "measure", "unit", "area_code", "area", "figures_of", "period", "figure", "interval_from",
    "interval_to", "counted", "out_of", "target", "target_is", "note",
  ];

  const added = document.getElementById("casebook-added");
  const data = () => window.CASEBOOK_DATA;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text ?? "";
    return made;
  }

  const loading = new Map();

  function load(page) {
    if (!loading.has(page)) {
      loading.set(page, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `assets/data/${page.replace(/html$/, "js")}`;
        script.onload = () => resolve(objects(page));
        script.onerror = () => reject(new Error(`The figures in ${script.getAttribute("src")} cannot be read.`));
        document.head.append(script);
      }));
    }
    return loading.get(page);
  }

  // The rows of each figure of a page, as objects.
  function objects(page) {
    const { words, ...figures } = data()[page];
    const named = ({ columns, rows }) => rows.map((row) => Object.fromEntries(row.map((value, n) => [columns[n], value])));
    return { words, ...Object.fromEntries(Object.entries(figures).map(([name, table]) => [name, named(table)])) };
  }

  // A month in words; a year is what it is called.
  function titleOf(period) {
    const [year, month] = period.split("-").map(Number);
    if (!month) return period;
    return new Date(Date.UTC(year, month - 1)).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  }

  const listOf = (text) => [...new Set((text ?? "").split(",").map((code) => code.trim()).filter(Boolean))];

  function begin({ measures, pools, words }) {
    const kindsThere = Object.keys(KINDS).filter((kind) => pools.some((pool) => pool.pool_kind === kind));
    const form = element("form", "casebook-maker");
    const says = element("p", "govuk-body");
    says.setAttribute("role", "status");
    const take = element("button", "casebook-button casebook-take", "Take as a file (CSV)");
    take.type = "button";
    const results = element("div", "casebook-made");

    function checkbox(name, value, text) {
      const label = element("label", "");
      const box = element("input", "");
      Object.assign(box, { type: "checkbox", name, value });
      label.append(box, ` ${text}`);
      return label;
    }

    function boxes(legend, made) {
      const set = element("fieldset", "casebook-boxes");
      const list = element("div", "");
      list.append(...made);
      set.append(element("legend", "", legend), list);
      return set;
    }

    function select(name, text, options) {
      const label = element("label", "", text);
      const made = element("select", "");
      made.name = name;
      made.append(...options);
      label.append(element("br", ""), made);
      return label;
    }

    const ofAll = measures.map(({ measure_code: code, measure_title: title }) => checkbox("measures", code, `${title} (${code})`));
    const ofKinds = kindsThere.map((kind) => checkbox("areas", kind, KINDS[kind]));
    const single = pools.filter((pool) => pool.pool_kind !== "nation");
    const called = ({ pool_kind: kind, pool_name: name, pool_code: code }) => (kind === "areas" ? `${name} (${code})` : name);
    const ofPools = single.map((pool) => checkbox("areas", pool.pool_code, called(pool)));
    const periods = element("fieldset", "casebook-choices");
    periods.append(
      element("legend", "", "Periods"),
      select("of", "Figures of", Object.entries(OF).map(([value, text]) => new Option(text, value))),
      select("from", "From", []),
      select("to", "To", []),
    );
    form.append(boxes("Measures", ofAll), boxes("Areas", [...ofKinds, ...ofPools]), periods);
    const head = element("h2", "govuk-heading-m", "Choose");
    head.id = "choose";
    const nav = element("nav", "casebook-contents");
    nav.setAttribute("aria-label", "On this page");
    const contents = element("ul", "casebook-scroll");
    nav.append(contents);
    added.append(nav, head, form, says, take, results);

    const field = (name) => form.elements.namedItem(name);
    const checks = (name) => [...form.querySelectorAll(`input[name=${name}]`)];

    // Known codes of those that are asked for, and a sentence for each other one.
    function known(called, asked, codes, said) {
      const found = asked.filter((code) => codes.has(code));
      said.push(...asked.filter((code) => !codes.has(code)).map((code) => `There is no ${called} ${code}.`));
      return found;
    }

    function asked(said) {
      const hash = new URLSearchParams(location.hash.slice(1));
      const codes = measures.map((measure) => measure.measure_code);
      const wanted = listOf(hash.get("measures"));
      const of = hash.get("of") ?? "year";
      if (!(of in OF)) said.push(`Figures are of year or month, not of ${of}.`);
      return {
        measures: wanted.includes("all") ? codes : known("measure", wanted, new Set(codes), said),
        areas: known("area", listOf(hash.get("areas")), new Set([...kindsThere, ...pools.map((pool) => pool.pool_code)]), said),
        of: of in OF ? of : "year",
        from: hash.get("from"),
        to: hash.get("to"),
        last: hash.get("last"),
      };
    }

    function periodsOf(chosen, rows, said) {
      const there = [...new Set(rows.filter((row) => row.period_kind === chosen.of).map((row) => row.period))].sort();
      for (const side of ["from", "to"]) {
        if (chosen[side] && there.length && !there.includes(chosen[side])) {
          said.push(`There is no ${chosen.of} ${chosen[side]}: figures are from ${there[0]} to ${there.at(-1)}.`);
          chosen[side] = null;
        }
      }
      if (chosen.last && !/^[1-9]\d{0,3}$/.test(chosen.last)) said.push(`last is a number of periods, not ${chosen.last}.`);
      else if (chosen.last) chosen.from ??= there.slice(-Number(chosen.last))[0];
      return there;
    }

    function noteOf(row) {
      const provisional = row.period_kind === "year" && row.months_in !== null && row.months_in < 12;
      const statuses = [row.figure_status, provisional && "provisional", row.is_revised && "revised"];
      return statuses.map((status) => words[status]).filter(Boolean).join("; ");
    }

    // The rows that are chosen, measure by measure, in the order of the lists.
    function rowsOf(chosen, loaded) {
      const isWanted = (pool) => chosen.areas.includes(pool.pool_kind) || chosen.areas.includes(pool.pool_code);
      const place = new Map(pools.filter(isWanted).map((pool, n) => [pool.pool_code, n]));
      const isIn = ({ period_kind: of, period }) =>
        of === chosen.of && (!chosen.from || period >= chosen.from) && (!chosen.to || period <= chosen.to);
      return measures
        .filter((measure) => chosen.measures.includes(measure.measure_code))
        .map((measure) => ({
          measure,
          rows: loaded.get(measure.measure_code)
            .filter((row) => place.has(row.pool_code) && isIn(row))
            .sort((a, b) => place.get(a.pool_code) - place.get(b.pool_code) || (a.period < b.period ? -1 : 1)),
        }));
    }

    const nameOf = new Map(pools.map((pool) => [pool.pool_code, pool.pool_name]));
    const word = (text) => (text ? text[0].toUpperCase() + text.slice(1) : "");
    const written = (value) => (value === null ? "" : value.toLocaleString("en-GB").replace("-", "\u2212"));

    function lineOf(row, unit) {
      const sign = unit.startsWith("per cent") ? "%" : " days";
      const withUnit = (value) => (value === null ? "" : `${written(value)}${sign}`);
      const interval = row.ci_low === null ? "" : `${written(row.ci_low)}% to ${written(row.ci_high)}%`;
      return [
        nameOf.get(row.pool_code), row.pool_code, titleOf(row.period), withUnit(row.value), interval, written(row.numerator),
        written(row.denominator), withUnit(row.target), word(row.status), noteOf(row),
      ];
    }

    function headed(scope, text) {
      const cell = element("th", "govuk-table__header", text);
      cell.scope = scope;
      return cell;
    }

    // A table without the columns in which nothing stands.
    function tableOf(title, rows, unit) {
      const table = element("table", "govuk-table casebook-dense");
      const lines = rows.map((row) => lineOf(row, unit));
      const used = HEADS.map((_, n) => n).filter((n) => lines.some((line) => line[n]));
      table.createTHead().insertRow().append(...used.map((n) => headed("col", HEADS[n])));
      const body = table.createTBody();
      for (const line of lines) {
        const made = body.insertRow();
        made.className = "govuk-table__row";
        const [head, ...cells] = used.map((n) => line[n]);
        made.append(headed("row", head), ...cells.map((text) => element("td", "govuk-table__cell", text)));
      }
      const scroll = element("div", "casebook-scroll");
      scroll.tabIndex = 0;
      scroll.setAttribute("role", "region");
      scroll.setAttribute("aria-label", `${title}, chosen, table`);
      scroll.append(table);
      return scroll;
    }

    // The way to a table. It leaves the address as it is, which holds what is chosen.
    function wayTo(heading) {
      const item = element("li", "");
      const link = element("a", "govuk-link", heading.textContent);
      link.href = `#${heading.id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        heading.scrollIntoView();
        heading.focus();
      });
      item.append(link);
      return item;
    }

    function show(found) {
      let left = SHOWN;
      results.replaceChildren();
      for (const { measure, rows } of found) {
        const first = rows.slice(0, left);
        left -= first.length;
        if (!first.length) continue;
        const title = `${measure.measure_title} (${measure.measure_code})`;
        const heading = element("h3", "govuk-heading-s", title);
        Object.assign(heading, { id: `chosen-${measure.measure_code}`, tabIndex: -1 });
        results.append(heading, tableOf(title, first, measure.unit));
      }
      contents.replaceChildren(...[...document.querySelectorAll("main h2[id], #casebook-added h3[id]")].map(wayTo));
    }

    function csvOf(found) {
      const quoted = (value) => {
        const text = String(value ?? "");
        return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      };
      const lines = found.flatMap(({ measure, rows }) => rows.map((row) => [
        measure.measure_code, measure.measure_title, measure.unit, row.pool_code, nameOf.get(row.pool_code),
        row.period_kind, row.period, row.value, row.ci_low, row.ci_high, row.numerator, row.denominator, row.target,
        word(row.status), noteOf(row),
      ]));
      return [CSV_HEADS, ...lines].map((line) => `${line.map(quoted).join(",")}\n`).join("");
    }

    function fileName(chosen) {
      const subject = chosen.measures.length > 3 ? `${chosen.measures.length}-measures` : chosen.measures.join("-");
      return `casebook-${subject}-${chosen.of}-${added.dataset.unit}.csv`.replace(/[^A-Za-z0-9._-]/g, "-");
    }

    function toldOf(chosen, found) {
      if (!chosen.measures.length || !chosen.areas.length) return "Choose at least one measure and one area.";
      const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
      if (!count) return "There are no figures for this choice.";
      const shown = count > SHOWN ? `, the first ${SHOWN} shown; the file has all` : "";
      return `${count.toLocaleString("en-GB")} ${count === 1 ? "row" : "rows"}${shown}.`;
    }

    function fill(chosen, there) {
      for (const [name, codes] of [["measures", chosen.measures], ["areas", chosen.areas]]) {
        for (const box of checks(name)) box.checked = codes.includes(box.value);
      }
      field("of").value = chosen.of;
      for (const side of ["from", "to"]) {
        field(side).replaceChildren(...there.map((period) => new Option(titleOf(period), period)));
        field(side).value = chosen[side] ?? (side === "from" ? there[0] : there.at(-1)) ?? "";
      }
    }

    let turn = 0;
    let taken = null;

    async function restore() {
      turn += 1;
      const mine = turn;
      if (location.hash && !location.hash.includes("=")) return; // The way to a part of the page.
      const said = [];
      const chosen = asked(said);
      const pairs = await Promise.all(chosen.measures.map(async (code) => [code, (await load(`measures/${code}.html`)).every]));
      if (mine !== turn) return; // Another choice was made meanwhile.
      const loaded = new Map(pairs);
      const there = periodsOf(chosen, pairs.flatMap(([, rows]) => rows), said);
      fill(chosen, there);
      const found = rowsOf(chosen, loaded);
      show(found);
      says.textContent = [...said, toldOf(chosen, found)].join(" ");
      taken = { name: fileName(chosen), found };
      take.hidden = !found.some(({ rows }) => rows.length);
    }

    function choose(event) {
      const checked = (name) => checks(name).filter((box) => box.checked).map((box) => box.value).join(",");
      const hash = [`measures=${checked("measures")}`, `areas=${checked("areas")}`, `of=${field("of").value}`];
      const [from, to] = [field("from"), field("to")];
      if (event.target.name !== "of" && from.selectedIndex > 0) hash.push(`from=${from.value}`);
      if (event.target.name !== "of" && to.selectedIndex < to.length - 1) hash.push(`to=${to.value}`);
      location.hash = hash.join("&");
    }

    take.addEventListener("click", () => {
      const link = element("a", "");
      link.href = URL.createObjectURL(new Blob([csvOf(taken.found)], { type: "text/csv" }));
      link.download = taken.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
    const tell = (error) => {
      says.textContent = error.message;
    };
    form.addEventListener("change", choose);
    window.addEventListener("hashchange", () => restore().catch(tell));
    restore().catch(tell);
  }

  load("make-a-table.html").then(begin);
})();
