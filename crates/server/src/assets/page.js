// What a script adds to pages that are whole without one. Each part can be switched off, in the sheet of keys.
import { live } from './live.js';
import { suggest } from './suggest.js';
import { keys } from './keys.js';

const input = document.querySelector('#q');
const base = document.body.dataset.base;

/** What this reader wants of it; kept in this browser alone. */
const wants = {
  get(name) {
    try { return localStorage.getItem(`diary-${name}`) !== 'off'; } catch { return true; }
  },
  set(name, on) {
    try { localStorage.setItem(`diary-${name}`, on ? 'on' : 'off'); } catch { /* for this page only, then */ }
  },
};

if (input) {
  const results = live(input, base, wants);
  suggest(input, base, wants, results);
  keys(input, wants);
}
