"use strict";
(() => {
  const all = (where, what) => [...where.querySelectorAll(what)];

  // A link opens what it points at, with everything around it.
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") {
        at.open = true;
        at.hidden = false;
      }
    }
    if (target.tagName === "TR" || target.closest("details")) target.scrollIntoView({ block: "start" });
  };
  const here = () => reveal(location.hash.slice(1));
  addEventListener("hashchange", here);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link) reveal(link.hash.slice(1));
  });
  here();

  // Search, filter and sort: they hide and reorder what is on the page, nothing else.
  const compare = {
    "": (a, b) => a.n - b.n,
    name: (a, b) => a.name.localeCompare(b.name, "zh") || a.n - b.n,
    year: (a, b) => a.item.dataset.year - b.item.dataset.year || a.n - b.n,
    answer: (a, b) => answers.indexOf(a.item.dataset.answer) - answers.indexOf(b.item.dataset.answer) || a.n - b.n,
  };
  const answers = ["not_met", "depends", "unknown", "met"];
  for (const form of all(document, "form.tools")) {
    const lists = all(document, `[data-list="${form.dataset.tools}"]`).map((list) => ({
      list,
      group: list.closest("details.group"),
      rows: all(list, ":scope > .item").map((item, n) => ({
        item, n,
        name: item.querySelector(".c-name b").textContent,
        text: item.textContent.toLowerCase(),
      })),
    }));
    const output = form.querySelector("output");
    const field = (name) => (form.elements[name] ? form.elements[name].value : "");
    const apply = (event) => {
      const words = field("q").toLowerCase().split(/\s+/).filter(Boolean);
      const wait = form.elements.wait && form.elements.wait.checked;
      const narrowed = words.length || wait || ["doc", "section", "role", "kind"].some(field);
      let shown = 0, total = 0;
      for (const { list, group, rows } of lists) {
        const other = field("doc") && group && group.dataset.doc !== field("doc");
        let found = 0;
        for (const { item, text } of rows) {
          const fits = !other && words.every((word) => text.includes(word))
            && (!wait || "wait" in item.dataset)
            && ["section", "role", "kind"].every((key) => !field(key) || item.dataset[key] === field(key));
          item.hidden = !fits;
          found += fits;
        }
        if (group) {
          group.hidden = Boolean(narrowed && !found);
          if (narrowed && found) group.open = true;
        }
        shown += found;
        total += rows.length;
        if (event && event.target.name === "sort") {
          list.append(...[...rows].sort(compare[field("sort")]).map((row) => row.item));
        }
      }
      output.textContent = narrowed ? `显示 ${shown} / ${total}` : "";
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of all(form, "[data-open]")) {
      button.addEventListener("click", () => {
        const open = button.textContent === "全部展开";
        for (const { rows } of lists) for (const { item } of rows) item.open = open;
        button.textContent = open ? "全部收起" : "全部展开";
      });
    }
    form.hidden = false;
  }

  // The list for an office, as plain text.
  for (const button of all(document, "[data-copy]")) {
    const box = document.getElementById(button.dataset.copy);
    button.addEventListener("click", async () => {
      const lines = all(box, "li").map((li, n) => `${n + 1}. ${[...li.children].map((part) => part.textContent).join("\n   ")}`);
      const text = [button.dataset.head, ...lines].join("\n");
      await navigator.clipboard.writeText(text);
      button.textContent = "已复制";
    });
    button.hidden = !navigator.clipboard;
  }

  // Older browsers print closed details empty.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(document, "details.keep:not([open])");
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
