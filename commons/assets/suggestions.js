// Suggestions under a search field, by the combobox pattern of ARIA. The field searches without this file too.
const FROM_LETTERS = 2;
const PAUSE = 150; // milliseconds after the last key

document.querySelectorAll("input[data-suggestions]").forEach((field) => {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let options = [];
  let chosen = -1;
  let waiting;
  let asking;

  list.id = `${field.id}-suggestions`;
  list.className = "app-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestionsLabel);
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  field.parentElement.classList.add("app-suggested");
  field.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
  })) {
    field.setAttribute(name, value);
  }

  const choose = (place) => {
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    chosen = place;
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
  };
  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    choose(-1);
  };
  const fill = (found) => {
    options = found.map((one, place) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      option.id = `${list.id}-${place}`;
      option.className = "app-suggestions__option";
      option.dataset.href = one.href;
      option.setAttribute("role", "option");
      option.textContent = `${one.name} `;
      kind.className = "app-suggestions__kind";
      kind.textContent = one.kind;
      option.append(kind);
      return option;
    });
    list.replaceChildren(...options);
    const many = options.length === 1 ? "1 suggestion" : `${options.length} suggestions`;
    status.textContent = options.length ? `${many}, use up and down arrows` : "";
    show(options.length > 0);
  };
  const ask = async () => {
    const typed = field.value.trim();
    asking?.abort();
    if (typed.length < FROM_LETTERS) {
      fill([]);
      return;
    }
    asking = new AbortController();
    try {
      const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok && document.activeElement === field) {
        fill((await answer.json()).suggestions);
      }
    } catch {
      // Typed on meanwhile, or offline: the form searches all the same.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      event.preventDefault();
      // From the field (-1) into the list and back to the field again.
      choose(((chosen + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options[chosen].dataset.href);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
  field.addEventListener("blur", () => show(false));
  // Before the field loses the focus, which closes the list.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) {
      location.assign(option.dataset.href);
    }
  });
});
