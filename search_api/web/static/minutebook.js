// Makes the pages better where scripts run; nothing here is needed to use them.
(() => {
  "use strict";
  const KEY = "minutebook.recent";
  const MOST = 8;
  const told = document.getElementById("told");
  const tell = (words) => { if (told) told.textContent = words; };

  const recent = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && typeof one.q === "string" && /^\/answer\?/.test(one.at)) : [];
    } catch { return []; }
  };
  const keep = (list) => {
    try { localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST))); } catch { /* private window, or full */ }
  };

  const asked = document.querySelector("[data-question]");
  if (asked && asked.dataset.question) {
    const at = location.pathname + location.search;
    keep([{ q: asked.dataset.question, at }, ...recent().filter((one) => one.at !== at)]);
  }

  const shelf = document.getElementById("recent");
  if (shelf) {
    const list = document.getElementById("recent-list");
    for (const one of recent()) {
      const link = document.createElement("a");
      link.href = one.at;
      link.textContent = one.q;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    shelf.hidden = !list.children.length;
    document.getElementById("recent-clear").addEventListener("click", () => {
      try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
      shelf.hidden = true;
      tell("Your recent questions are cleared.");
      document.getElementById("q").focus();
    });
  }

  const selected = (words) => {
    // Where the clipboard is closed to scripts (plain http), the older way of a selection.
    const box = document.createElement("textarea");
    box.value = words;
    box.setAttribute("readonly", "");
    box.className = "nhsuk-u-visually-hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  };
  const copy = async (words) => {
    try { await navigator.clipboard.writeText(words); return true; } catch { return selected(words); }
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const label = button.firstChild;
    const before = label.textContent;
    button.addEventListener("click", async () => {
      const done = await copy(document.getElementById(button.dataset.copy).textContent);
      label.textContent = done ? "Copied" : "Could not copy: open “Words for a letter”";
      tell(done ? "Quotation and reference copied." : "Could not copy. Open “Words for a letter” and copy from there.");
      button.focus();
      setTimeout(() => { label.textContent = before; }, 4000);
    });
  }

  const patience = [];
  const reassure = (form, words) => {
    const said = form.querySelector(".patience") || form.appendChild(document.createElement("p"));
    said.className = "patience";
    said.setAttribute("aria-hidden", "true"); // it is told to screen readers below
    said.textContent = words;
    tell(words);
  };
  const waiting = (form, on) => {
    if (!on) {
      patience.splice(0).forEach(clearTimeout);
      form.querySelector(".patience")?.remove();
    }
    for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", String(on));
    form.classList.toggle("waiting", on);
  };
  for (const form of document.querySelectorAll("form.ask")) {
    form.addEventListener("submit", (event) => {
      if (form.classList.contains("waiting")) { event.preventDefault(); return; }
      // Empty fields make no part of an address that somebody may want to keep.
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      waiting(form, true);
      patience.push(setTimeout(() => reassure(form, "Looking through the documents. This can take a moment."), 800));
      patience.push(setTimeout(() => reassure(form, "Still looking. This takes longer than usual: you can go on waiting, or stop and ask again later."), 10000));
    });
  }
  for (const list of document.querySelectorAll(".sections")) {
    const here = list.querySelector("[aria-current]");
    if (here) list.closest("details").addEventListener("toggle", () => {
      list.scrollTop += here.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    });
  }

  addEventListener("pageshow", (event) => {
    for (const form of document.querySelectorAll("form.ask")) {
      waiting(form, false);
      if (event.persisted) for (const field of form.elements) field.disabled = false;
    }
    tell("");
  });
})();
