// <diary-search>: a search of the diary on any page. Around a form of the page's own it needs no script to search; with
// it, the results come in place.
(() => {
  const script = document.currentScript;
  const home = script ? new URL('.', script.src).href.replace(/\/$/, '') : '';

  const STYLE = `
    :host { display: block; }
    form { display: flex; gap: .5em; }
    input { flex: 1; min-width: 0; font: inherit; padding: .4em .6em; color: inherit; background: var(--diary-field, transparent);
      border: 1px solid var(--diary-line, currentColor); border-radius: var(--diary-radius, .3em); }
    button { font: inherit; padding: .4em .9em; border: 1px solid var(--diary-accent, currentColor); background: none;
      color: var(--diary-accent, inherit); border-radius: var(--diary-radius, .3em); cursor: pointer; }
    ol { list-style: none; padding: 0; margin: 1em 0 0; }
    li { margin: 0 0 1em; }
    p { margin: .2em 0; }
    a { color: var(--diary-accent, LinkText); }
    mark { background: var(--diary-mark, Mark); color: var(--diary-mark-ink, MarkText); }
    small { color: var(--diary-soft, inherit); opacity: var(--diary-soft-opacity, .75); }
    .away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;

  const make = (tag, part, ...inside) => {
    const made = document.createElement(tag);
    if (part) made.setAttribute('part', part);
    made.append(...inside);
    return made;
  };

  /** The words of a passage with its marks, as nodes: nothing in them is ever read as markup. */
  const words = ({ text, spans_utf16: spans }) => {
    const nodes = [];
    let at = 0;
    for (const [from, to] of spans ?? []) {
      nodes.push(text.slice(at, from), make('mark', 'mark', text.slice(from, to)));
      at = to;
    }
    return [...nodes, text.slice(at)];
  };

  /** The day, month or year of an entry in the words of the page's language; `1666-09-04` says the figures as printed. */
  const day = (date, language) => {
    const [year, month, number] = (date ?? '').split('-').map(Number);
    if (!year) return null;
    const parts = { timeZone: 'UTC', year: 'numeric', ...(month && { month: 'long' }), ...(number && { day: 'numeric' }) };
    const at = new Date(Date.UTC(2000, (month || 1) - 1, number || 1));
    at.setUTCFullYear(year);
    return new Intl.DateTimeFormat(language, parts).format(at);
  };

  const web = (url) => (/^https?:/i.test(url ?? '') ? url : null);

  class DiarySearch extends HTMLElement {
    #request = null;
    #timer = 0;

    connectedCallback() {
      // A script that is not deferred meets the element before the form in it.
      if (document.readyState !== 'loading') return this.#build();
      document.addEventListener('DOMContentLoaded', () => this.isConnected && this.#build(), { once: true });
    }

    #build() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      const own = this.querySelector('form');
      this.form = own ?? this.#makeForm();
      this.input = this.form.querySelector('[name=q]');
      this.status = make('p', 'status');
      this.status.setAttribute('role', 'status');
      this.list = make('ol', 'results');
      this.more = make('p', 'more');
      root.append(own ? document.createElement('slot') : this.form, this.status, this.list, this.more);
      this.form.addEventListener('submit', (event) => { event.preventDefault(); this.search(); });
      if (this.hasAttribute('live')) {
        this.input?.addEventListener('input', (event) => {
          if (event.isComposing) return;
          clearTimeout(this.#timer);
          this.#timer = setTimeout(() => this.search(), 250);
        });
      }
    }

    /** Where the server is: as the element says, or as its form does, or where this script came from. */
    get server() {
      const action = this.form?.getAttribute('action');
      return this.getAttribute('server')?.replace(/\/$/, '')
        ?? (action ? new URL(action, document.baseURI).href.replace(/\/search$/, '') : home);
    }

    #makeForm() {
      const input = make('input', 'input');
      input.name = 'q';
      input.type = 'search';
      input.setAttribute('aria-label', this.getAttribute('label') ?? 'Search the diary');
      input.placeholder = this.getAttribute('placeholder') ?? '';
      const form = make('form', 'form', input, make('button', 'button', this.getAttribute('button') ?? 'Search'));
      form.setAttribute('role', 'search');
      return form;
    }

    /** Searches for what stands in the box. */
    async search() {
      this.#request?.abort();
      const mine = (this.#request = new AbortController());
      const query = this.input.value.trim();
      if (!query) return this.#show('', [], null);
      const limit = Math.min(Number(this.getAttribute('limit')) || 5, 50);
      const asked = encodeURIComponent(query);
      try {
        const answer = await fetch(`${this.server}/api/v1/search?q=${asked}&limit=${limit}&facets=none&passages=2`,
          { signal: mine.signal, headers: { accept: 'application/json' }, credentials: 'omit', referrerPolicy: 'no-referrer' });
        const found = await answer.json();
        if (mine !== this.#request) return;
        if (!answer.ok) return this.#show(found.detail ?? found.title, [], null);
        const entries = found.total === 1 ? '1 entry' : `${found.total.toLocaleString(this.#language)} entries`;
        const count = found.total > 0 ? entries : found.hits.length > 0 ? 'No entry has them all' : 'No entries';
        const warned = found.warnings.filter(({ severity }) => severity === 'warning').map(({ message }) => message);
        this.#show([count, ...warned].join('; '), found.hits, found.links.next ? `${this.server}/search?q=${asked}` : null);
        this.dispatchEvent(new CustomEvent('diary-results', { detail: found, bubbles: true, composed: true }));
      } catch (problem) {
        if (problem.name !== 'AbortError') location.assign(`${this.server}/search?q=${asked}`);
      }
    }

    /** That of the page; where it says none, or not whose English, days are written as on the search page. */
    get #language() {
      const named = this.closest('[lang]')?.lang;
      try { return named && named !== 'en' ? Intl.getCanonicalLocales(named)[0] : 'en-GB'; } catch { return 'en-GB'; }
    }

    #show(status, hits, more) {
      this.status.textContent = status;
      this.list.replaceChildren(...hits.map((hit) => {
        const link = make('a', 'link', day(hit.date, this.#language) ?? (hit.heading || hit.id), hit.title ? ` · ${hit.title}` : '');
        link.href = web(hit.url) ?? `${this.server}/entries/${hit.id.split('/').map(encodeURIComponent).join('/')}`;
        const missing = hit.missing.length ? [' ', make('small', 'missing', `without ${hit.missing.join(', ')}`)] : [];
        return make('li', 'result', make('p', 'heading', link, ...missing),
          ...hit.passages.map((passage) => make('p', 'passage', ...words(passage))));
      }));
      const all = make('a', 'link', 'All of them');
      if (more) all.href = more;
      this.more.replaceChildren(...(more ? [all] : []));
    }
  }

  if (!customElements.get('diary-search')) customElements.define('diary-search', DiarySearch);
})();
