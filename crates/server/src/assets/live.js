// Results as you type: the server's own page for the words so far, put in place of the one shown.

const PAUSE = 180;

/** Shows the page of a query in place, in the order of asking, and keeps the address and the history right. */
export function live(input, base, wants) {
  const form = input.form;
  const status = document.createElement('p');
  status.className = 'away';
  status.setAttribute('role', 'status');
  form.after(status);

  let timer = 0;
  let request = null;
  let shown = location.pathname + location.search;
  let typing = false;

  const address = (query) => (query.trim() ? `${base}/search?q=${encodeURIComponent(query.trim())}` : `${base}/`);
  const query = (url) => new URL(url, location.href).searchParams.get('q') ?? '';

  async function show(url) {
    request?.abort();
    const mine = (request = new AbortController());
    document.body.classList.add('busy');
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: 'text/html' } });
      const text = await answer.text();
      if (mine !== request) return false;
      const page = new DOMParser().parseFromString(text, 'text/html');
      const fresh = page.querySelector('#page');
      if (!fresh) throw new Error('not a page of ours');
      document.querySelector('#page').replaceChildren(...fresh.childNodes);
      document.querySelector('#foot').replaceChildren(...(page.querySelector('#foot')?.childNodes ?? []));
      document.title = page.title;
      shown = url;
      const count = document.querySelector('h1.count');
      status.textContent = count ? count.textContent.trim() : '';
      return true;
    } catch (problem) {
      // Given up for a later one; or the network is gone, and the form itself still works.
      if (problem.name !== 'AbortError') status.textContent = 'No answer from the server';
      return false;
    } finally {
      if (mine === request) document.body.classList.remove('busy');
    }
  }

  /** Goes to the page of what stands in the box; the words typed in one go are one step of the history. */
  async function go(settle) {
    clearTimeout(timer);
    const url = address(input.value);
    if (url !== shown && (await show(url))) {
      history[typing ? 'replaceState' : 'pushState']({ live: true }, '', url);
      typing = true;
    }
    if (settle) typing = false;
  }

  input.addEventListener('input', (event) => {
    if (event.isComposing || !wants.get('live')) return;
    clearTimeout(timer);
    timer = setTimeout(go, PAUSE);
  });
  // Some input methods end without a further event of their own.
  input.addEventListener('compositionend', () => {
    if (wants.get('live')) timer = setTimeout(go, PAUSE);
  });
  input.addEventListener('blur', () => (typing = false));
  form.addEventListener('submit', (event) => {
    if (!wants.get('live')) return;
    event.preventDefault();
    go(true);
  });
  addEventListener('popstate', async () => {
    clearTimeout(timer);
    typing = false;
    const url = location.pathname + location.search;
    if (url === shown) return;
    input.value = query(url);
    if (!(await show(url)) && location.pathname + location.search === url) location.reload();
  });

  return { go };
}
