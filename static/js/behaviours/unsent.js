// A form that was sent when the session had ended comes back with its words. What is sent is kept in this tab until the
// page that answers is there. The pages that say that nothing was saved (data-interrupted on <body>) mark it; the page of
// the form takes it up again, for the same account (data-account) only; any other page lets it go. Never passwords,
// files or forms that say data-forget. With the words comes what the form was read as, so that nobody is overwritten.
const KEY = "alianzas:sin-enviar";
const READ_AS = /(^|-)(seen|version)$/;

export function bind(body) {
  const { account } = body.dataset;
  const kept = read();
  if (kept) meet(kept);

  window.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !account || form.method !== "post" || form.closest("[data-forget]")) return;
    const fields = fieldsOf(form);
    if (!fields.length) return drop();
    write({ account, page: location.pathname + location.search, place: placeOf(form), fields });
  });

  function meet(entry) {
    if ("interrupted" in body.dataset) {
      write({ ...entry, isInterrupted: true, isBack: false });
      for (const said of document.querySelectorAll("[data-unsent-said]")) said.hidden = false;
    } else if (account && account !== entry.account) {
      drop();
    } else if (!entry.isInterrupted) {
      drop();
    } else if (account && entry.page === location.pathname + location.search) {
      restore(entry);
    } else if (account && !location.pathname.startsWith("/cuenta/")) {
      if (entry.isBack) return drop();
      say("Tu sesión terminó mientras escribías. ", Object.assign(document.createElement("a"), { href: entry.page, textContent: "Recupera lo que habías escrito" }));
    }
  }

  function restore(entry) {
    const form = formsAt(entry.place.action)[entry.place.number];
    if (!form) return drop();
    const given = new Map();
    for (const [name, value, isOn] of entry.fields) given.set(name, [...(given.get(name) ?? []), [value, isOn]]);
    for (const [name, values] of given) {
      for (let left = 20; left && controlsOf(form, name).length < values.length; left -= 1) {
        const more = form.querySelector("[data-formset-add]");
        if (!more) break;
        more.click();
      }
      controlsOf(form, name).forEach((control, place) => {
        const [value, isOn] = values[place] ?? [];
        if (value === undefined) return;
        if (isOn === null) control.value = value;
        else control.checked = isOn;
      });
    }
    for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    write({ ...entry, isBack: true });
    const files = form.querySelector("input[type=file]") ? " Los archivos hay que elegirlos otra vez." : "";
    say(`Recuperamos lo que habías escrito; revisa y guarda.${files}`);
    form.scrollIntoView({ block: "nearest" });
  }
}

function say(...parts) {
  const line = Object.assign(document.createElement("p"), { className: "alert alert-warning" });
  line.setAttribute("role", "status");
  line.append(...parts);
  document.querySelector("#contenido > *").prepend(line);
}

const formsAt = (action) =>
  [...document.querySelectorAll("form[method=post]")].filter((form) => (form.getAttribute("action") ?? "") === action);

function placeOf(form) {
  const action = form.getAttribute("action") ?? "";
  return { action, number: formsAt(action).indexOf(form) };
}

const isWritten = (control) =>
  control.name && !control.closest("template") && !["password", "file", "submit", "button"].includes(control.type) &&
  (control.type !== "hidden" || READ_AS.test(control.name));

const controlsOf = (form, name) => [...form.elements].filter((control) => control.name === name && isWritten(control));

// [name, value, whether it is on (null for what is no box)] of every control.
function fieldsOf(form) {
  const isBox = (control) => ["checkbox", "radio"].includes(control.type);
  return [...form.elements].filter(isWritten).map((one) => [one.name, one.value, isBox(one) ? one.checked : null]);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function write(entry) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entry));
  } catch {
    // a browser that keeps nothing: the form is sent all the same
  }
}

function drop() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // nothing was kept
  }
}
