// Keys for those who like them, a sheet that lists them, and the switches of all that a script does here.

const SHEET = [['/', 'to the search box'], ['j', 'next entry'], ['k', 'entry before'], ['Enter', 'open it'],
  ['Esc', 'close suggestions'], ['?', 'this sheet']];
const SWITCHES = [['live', 'Results as you type'], ['suggest', 'Suggestions'], ['keys', 'Keys']];

/** Listens for keys outside of fields. */
export function keys(input, wants) {
  const sheet = makeSheet(wants);
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Keys and switches';
  button.addEventListener('click', () => sheet.showModal());
  document.querySelector('#switches')?.append(button);

  function move(step) {
    const entries = [...document.querySelectorAll('.hits h2 > a')];
    const at = entries.indexOf(document.activeElement);
    const next = entries[at < 0 ? (step > 0 ? 0 : entries.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !wants.get('keys')) return;
    if (event.target.closest('input, textarea, select, [contenteditable], dialog')) return;
    const act = { '/': () => { input.focus(); input.select(); }, j: () => move(1), k: () => move(-1), '?': () => sheet.showModal() }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function makeSheet(wants) {
  const make = (tag, ...inside) => { const made = document.createElement(tag); made.append(...inside); return made; };
  const sheet = make('dialog', make('h2', 'Keys'));
  sheet.setAttribute('aria-label', 'Keys and switches');
  const rows = make('dl');
  for (const [key, what] of SHEET) rows.append(make('dt', make('kbd', key)), make('dd', what));
  sheet.append(rows, make('h2', 'Switches'));
  for (const [name, what] of SWITCHES) {
    const box = make('input');
    box.type = 'checkbox';
    box.className = 'switch';
    box.checked = wants.get(name);
    box.addEventListener('change', () => wants.set(name, box.checked));
    sheet.append(make('p', make('label', box, ` ${what}`)));
  }
  const close = make('button', 'Close');
  close.addEventListener('click', () => sheet.close());
  sheet.append(close);
  document.body.append(sheet);
  return sheet;
}
