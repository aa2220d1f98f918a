// What was typed and is not yet known to be saved, kept in this browser by person and by address of the field.
// An entry: { base: version it was written over, pairs: the controls as JSON, sent: what may have arrived, tab, at }.
const PREFIX = "alianzas-planilla:";
const FRESH = 60_000;

export class Pending {
  constructor(user) {
    this.prefix = `${PREFIX}${user}:`;
    this.memory = new Map(); // where the browser keeps nothing, at least until the page closes
    this.tab = this.#tab();
  }

  get(url) {
    try {
      return JSON.parse(localStorage.getItem(this.prefix + url)) ?? this.memory.get(url) ?? null;
    } catch {
      return this.memory.get(url) ?? null;
    }
  }

  set(url, entry) {
    const kept = { ...entry, tab: this.tab, at: Date.now() };
    this.memory.set(url, kept);
    try {
      localStorage.setItem(this.prefix + url, JSON.stringify(kept));
    } catch {
      // full or forbidden: memory has it
    }
  }

  delete(url) {
    this.memory.delete(url);
    try {
      localStorage.removeItem(this.prefix + url);
    } catch {
      // nothing was kept there
    }
  }

  // The page that wrote it goes away: whoever comes next may send it at once.
  leave(url) {
    const entry = this.get(url);
    if (!entry) return;
    try {
      localStorage.setItem(this.prefix + url, JSON.stringify({ ...entry, at: 0 }));
    } catch {
      // it waits until FRESH has passed
    }
  }

  urls() {
    const found = new Set(this.memory.keys());
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(this.prefix)) found.add(key.slice(this.prefix.length));
      }
    } catch {
      // memory only
    }
    return [...found];
  }

  // Left behind by this tab before a reload, or by one that is no longer open.
  isLeftBehind(url) {
    const entry = this.get(url);
    return Boolean(entry) && (entry.tab === this.tab || Date.now() - entry.at > FRESH);
  }

  #tab() {
    const fresh = Math.random().toString(36).slice(2);
    try {
      const kept = sessionStorage.getItem(PREFIX + "tab") ?? fresh;
      sessionStorage.setItem(PREFIX + "tab", kept);
      return kept;
    } catch {
      return fresh;
    }
  }
}
