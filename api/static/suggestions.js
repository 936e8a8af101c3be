/* Suggestions under the search boxes, Escape to close a preview. Nothing needs this file: without it, or without an
   answer, every form works as before. The list is the WAI-ARIA "combobox with list autocomplete and manual selection";
   all text goes in by textContent. */
const KINDS = { disposition: "Article", theme: "Thème", requete: "Vouliez-vous dire", code: "Code", fiche: "Fiche",
  question: "Question" };
const WAIT = 120; // milliseconds after the last key
const LONGEST = 200; // what the API takes

const give = (node, attributes) => {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};
const make = (name, attributes, text = "") => {
  const node = give(document.createElement(name), attributes);
  node.textContent = text;
  return node;
};

const equip = (input) => {
  const form = input.form;
  const list = make("ul", { id: input.id + "-list", role: "listbox", class: "suggestions",
    "aria-label": "Suggestions", hidden: "" });
  const said = make("div", { role: "status", class: "hidden" });
  let found = [], active = -1, timer, asked;

  give(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    autocomplete: "off" });
  input.parentElement.classList.add("suggesting");
  input.after(list, said);

  const mark = (place) => {
    active = place;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[place].id);
    list.children[place].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    list.style.top = input.offsetTop + input.offsetHeight + "px"; // the button may be on a line below
    input.setAttribute("aria-expanded", String(open));
    mark(-1);
  };
  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    said.textContent = "";
    show(false);
  };
  const day = () => form.elements.date?.value;

  const choose = (one) => {
    close();
    if (one.kind !== "requete") return location.assign(one.url + (one.state && day() ? "?date=" + day() : ""));
    input.value = one.value;
    form.requestSubmit();
  };

  const fill = (results) => {
    found = results;
    list.replaceChildren(...found.map((one, i) => {
      const option = make("li", { id: list.id + "-" + i, role: "option", "aria-selected": "false" });
      const detail = [one.detail, one.state === "en vigueur" ? "" : one.state].filter(Boolean).join(" – ");
      option.append(make("span", { class: "kind" }, KINDS[one.kind]), " ",
        make("span", { class: "label" }, one.label), " ", make("span", { class: "detail" }, detail));
      option.addEventListener("click", () => choose(one));
      return option;
    }));
    show(found.length > 0);
    said.textContent = `${found.length || "Aucune"} suggestion${found.length > 1 ? "s" : ""}`;
  };

  const ask = async () => {
    asked?.abort();
    const query = input.value.trim();
    if (!query || query.length > LONGEST) return close();
    asked = new AbortController();
    const asking = new URLSearchParams({ query, ...(day() && { as_of: day() }) });
    try {
      fill((await (await fetch("/v1/suggest?" + asking, { signal: asked.signal })).json()).results);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    mark(-1);
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden, last = found.length - 1;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void ask();
      mark(event.key === "ArrowDown" ? (active < last ? active + 1 : 0) : active > 0 ? active - 1 : last);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault(); // the second Escape empties the box
      close();
    } else if (event.key === "Home" || event.key === "End") {
      mark(-1); // back to the text
    }
  });
};

document.querySelectorAll('form[action="/recherche"] input[name="q"]').forEach(equip);

// Escape closes a preview until another place is pointed at (WCAG 1.4.13).
const root = document.documentElement.classList;
document.addEventListener("keydown", (event) => event.key === "Escape" && root.add("dismissed"));
document.addEventListener("focusin", () => root.remove("dismissed"));
document.addEventListener("mouseover", (event) => event.target.closest(".ref") || root.remove("dismissed"));
