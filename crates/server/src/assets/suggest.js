// Suggestions below the box, as the WAI-ARIA combobox has it: the focus stays in the box, and arrows choose.

const PAUSE = 90;
const NAMES = { person: 'Person', project: 'Project', word: 'Word', date: 'Date' };

/** Offers ways to go on with what is typed. */
export function suggest(input, base, wants, results) {
  const list = document.createElement('ul');
  list.className = 'options';
  list.id = 'options';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Suggestions');
  input.after(list);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id],
    ['aria-expanded', 'false'], ['aria-haspopup', 'listbox']]) input.setAttribute(name, value);

  let timer = 0;
  let request = null;
  let chosen = -1;
  let offers = [];

  function close() {
    clearTimeout(timer);
    request?.abort();
    request = null;
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function draw() {
    list.replaceChildren(...offers.map((offer, place) => {
      const option = document.createElement('li');
      option.id = `option-${place}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const label = document.createElement('span');
      label.textContent = offer.label;
      label.dir = 'auto';
      const kind = document.createElement('span');
      kind.className = 'kind';
      kind.textContent = `${NAMES[offer.kind] ?? offer.kind} · ${offer.count}`;
      option.append(label, ' ', kind);
      // Before the box loses the focus.
      option.addEventListener('pointerdown', (event) => { event.preventDefault(); take(place); });
      return option;
    }));
    list.hidden = offers.length === 0;
    chosen = -1;
    input.setAttribute('aria-expanded', String(!list.hidden));
    input.removeAttribute('aria-activedescendant');
  }

  function choose(place) {
    list.children[chosen]?.setAttribute('aria-selected', 'false');
    chosen = place;
    const option = list.children[chosen];
    if (!option) return input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function take(place) {
    input.value = offers[place].query;
    close();
    if (wants.get('live')) results.go(true); else input.form.requestSubmit();
  }

  async function ask() {
    request?.abort();
    const mine = (request = new AbortController());
    const query = input.value;
    if (!query.trim()) return close();
    try {
      const answer = await fetch(`${base}/api/v1/suggest?q=${encodeURIComponent(query)}`, { signal: mine.signal });
      if (!answer.ok || mine !== request) return;
      const { groups } = await answer.json();
      // What was typed meanwhile, or left, has suggestions of its own.
      if (mine !== request || input.value !== query || document.activeElement !== input) return;
      offers = groups.flatMap(({ kind, suggestions }) => suggestions.map((offer) => ({ kind, ...offer })));
      draw();
    } catch { /* given up for a later one, or the network is gone: the box works without */ }
  }

  input.addEventListener('input', (event) => {
    if (event.isComposing || !wants.get('suggest')) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener('blur', close);
  input.form.addEventListener('submit', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); return close(); }
    if (event.key === 'ArrowDown' && list.hidden && wants.get('suggest')) { event.preventDefault(); return ask(); }
    if (list.hidden) return;
    const places = offers.length + 1;
    // One place more than there are offers: the box itself.
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      choose(((chosen + 1 + move + places) % places) - 1);
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Tab' && chosen >= 0) {
      input.value = offers[chosen].query;
      close();
    }
  });
}
