// What readers do on the pages, done by a real browser.
import { createRequire } from 'node:module';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import assert from 'node:assert/strict';

const require = createRequire(`${process.env.MODULES}/`);
const { chromium } = require('playwright-core');
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const { SITE, PUBLIC, DEMO, SHOTS } = process.env;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

const journeys = [];
const journey = (name, options, steps) => journeys.push({ name, options, steps });

/** Every kind of page that there is. */
const PAGES = {
  map: '/', hits: '/search?q=kernel', partial: '/search?q=rzip+kernel+airport', warned: '/search?q=persn:tridge',
  none: '/search?q=zzyzxqq', filtered: '/search?q=person:tridge+date:2003',
  entry: '/entries/rusty/2003-10-06?q=hotplug+cpu', people: '/people', person: '/people/torvalds-linus',
  projects: '/projects', project: '/projects/qemu', year: '/2003', month: '/2003/07', date: '/2003/12/19', day: '/on/12-19',
  help: '/help', lost: '/nowhere',
};

journey('search, facet, next page, entry, back', {}, async (page) => {
  await page.goto(SITE);
  await page.fill('#q', 'kernel OR patch OR code');
  await page.press('#q', 'Enter');
  await page.waitForURL(/search\?q=kernel.*code$/);
  const total = Number.parseInt(await page.textContent('h1.count'), 10);
  assert.ok(total > 20, `${total} entries`);
  const facet = page.locator('.facet li').first();
  const count = Number.parseInt(await facet.locator('.n').textContent(), 10);
  await facet.locator('a').click();
  await page.waitForURL(/(person|project)/);
  assert.equal(Number.parseInt(await page.textContent('h1.count'), 10), count, 'a facet counts what it leads to');
  await page.goBack();
  await page.waitForURL(/q=kernel.*code$/);
  await page.click('nav.pages a.next');
  await page.waitForURL(/cursor=/);
  assert.equal(await page.getAttribute('ol.hits', 'start'), '21');
  const date = await page.getAttribute('.hits h2 time >> nth=0', 'datetime');
  await page.click('.hits h2 a >> nth=0');
  await page.waitForURL(/entries/);
  assert.equal(await page.getAttribute('h1 time', 'datetime'), date);
  assert.ok(await page.locator('article mark').count() > 0, 'the entry has the marks of the query');
  await page.goBack();
  await page.waitForURL(/cursor=/);
  assert.equal(await page.inputValue('#q'), 'kernel OR patch OR code');
});

journey('keyboard only', {}, async (page) => {
  await page.goto(SITE);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.type('hotplug cpu', { delay: 15 });
  await page.keyboard.press('Enter');
  await page.waitForURL(/hotplug/);
  await page.waitForSelector('.hits mark');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = await page.evaluate(() => document.activeElement === document.querySelector('.hits h2 a'));
  assert.ok(first, 'j and k move among the entries');
  await page.keyboard.press('Enter');
  await page.waitForURL(/entries/);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('?');
  assert.ok(await page.locator('dialog[open]').isVisible());
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.goto(`${SITE}/search?q=kernel`);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.className), /skip/);
  await page.keyboard.press('Enter');
  assert.match(page.url(), /#main$/);
});

journey('without a script', { javaScriptEnabled: false }, async (page) => {
  await page.goto(SITE);
  await page.click('.ask + ul a >> nth=0');
  await page.waitForURL(/search\?q=/);
  assert.ok(await page.locator('.hits article').count() > 0);
  await page.fill('#q', 'person:tridge');
  await page.click('button:has-text("Search")');
  await page.waitForURL(/person/);
  await page.click('.chips a >> nth=0');
  await page.waitForURL(/q=(%2A|\*)?$/);
  await page.goto(`${SITE}/search?q=kernel`);
  await page.click('.histogram a >> nth=0', { force: true });
  await page.waitForURL(/month/);
  await page.goto(`${SITE}/2003`);
  await page.click('.months td a >> nth=0');
  await page.waitForURL(/2003\/01/);
  await page.click('.month td a >> nth=0');
  await page.waitForURL(/#rusty/);
});

journey('results as you type, in order, with a history', {}, async (page) => {
  await page.goto(SITE);
  // The answer to the first letters comes last.
  await page.route(/search\?q=h(ot)?$/, async (route) => { await new Promise((done) => setTimeout(done, 900)); await route.continue().catch(() => {}); });
  await page.type('#q', 'hot', { delay: 10 });
  await page.waitForTimeout(250);
  await page.type('#q', 'plug', { delay: 10 });
  await page.waitForURL(/q=hotplug$/);
  await page.waitForTimeout(1200);
  assert.match(await page.title(), /^hotplug/);
  assert.equal(await page.inputValue('#q'), 'hotplug');
  assert.match(await page.textContent('[role=status]'), /entr/);
  await page.evaluate(() => document.activeElement.blur());
  await page.fill('#q', 'rzip');
  await page.waitForURL(/q=rzip$/);
  await page.goBack();
  await page.waitForURL(/q=hotplug$/);
  await page.waitForFunction(() => document.querySelector('#q').value === 'hotplug' && document.title.startsWith('hotplug'));
  await page.goForward();
  await page.waitForURL(/q=rzip$/);
  await page.waitForFunction(() => document.title.startsWith('rzip'));
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => location.pathname === '/' && document.querySelector('.ask'));
});

journey('nothing is asked in the midst of a composition', {}, async (page) => {
  await page.goto(SITE);
  const asked = [];
  page.on('request', (request) => { if (/\?q=/.test(request.url())) asked.push(request.url()); });
  await page.evaluate(() => {
    const input = document.querySelector('#q');
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    input.value = 'にほ';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
  });
  await page.waitForTimeout(500);
  assert.deepEqual(asked, []);
  await page.evaluate(() => {
    document.querySelector('#q').dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
  });
  await page.waitForURL(/q=/);
});

journey('suggestions are a combobox', {}, async (page) => {
  await page.goto(SITE);
  await page.type('#q', 'trid', { delay: 20 });
  await page.waitForSelector('#options:not([hidden]) [role=option]');
  assert.equal(await page.getAttribute('#q', 'aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  const active = await page.getAttribute('#q', 'aria-activedescendant');
  assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await page.getAttribute('#q', 'aria-expanded'), 'false');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('#options:not([hidden]) [role=option]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\?q=/);
  assert.notEqual(await page.inputValue('#q'), 'trid');
  await page.waitForSelector('.hits article');
});

journey('the switches switch off', {}, async (page) => {
  await page.goto(SITE);
  await page.click('#switches button');
  const drawn = await page.evaluate(() => getComputedStyle(document.querySelector('dialog input')).appearance);
  assert.notEqual(drawn, 'none', 'whether a switch is on can be seen');
  for (const box of await page.locator('dialog input').all()) await box.uncheck();
  await page.click('dialog button');
  const asked = [];
  page.on('request', (request) => { if (/q=/.test(request.url())) asked.push(request.url()); });
  await page.type('#q', 'hotplug', { delay: 10 });
  await page.waitForTimeout(500);
  assert.deepEqual(asked, []);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('?');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.reload();
  await page.fill('#q', 'hotplug');
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=hotplug$/);
});

journey('a slow network', {}, async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 20_000 });
  const start = Date.now();
  await page.goto(`${SITE}/search?q=kernel`, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.hits article');
  assert.ok(Date.now() - start < 8000);
});

journey('a search box on a page of another site', { origin: true }, async (page) => {
  const demo = (await readFile(DEMO, 'utf8')).replaceAll('http://127.0.0.1:8630', PUBLIC);
  const ugly = `<STYLE>* { color: red } p, ol, li, div { margin: 90px !important; display: inline } input { width: 9px !important }
    button, form { position: fixed }</STYLE><SCRIPT SRC="${PUBLIC}/embed.js"></SCRIPT><BODY BGCOLOR=silver><FONT SIZE=2>
    <DIARY-SEARCH limit=2></DIARY-SEARCH><DIARY-SEARCH><FORM ACTION="${PUBLIC}/search"><INPUT NAME=q></FORM></DIARY-SEARCH>`;
  const other = createServer((request, answer) =>
    answer.writeHead(200, { 'content-type': 'text/html' }).end(request.url === '/' ? demo : ugly));
  await new Promise((done) => other.listen(0, '127.0.0.1', done));
  try {
    await page.goto(`http://localhost:${other.address().port}/`);
    await page.waitForFunction(() => document.querySelector('diary-search')?.shadowRoot);
    await page.fill('diary-search input >> nth=0', 'hotplug cpu');
    await page.click('diary-search button >> nth=0');
    await page.waitForSelector('diary-search li mark');
    assert.match(await page.textContent('diary-search [role=status]'), /entr/);
    assert.match(await page.textContent('diary-search li a >> nth=0'), /^\d+ [A-Z][a-z]+ 2003/, 'entries are called by their day');
    await page.fill('diary-search input >> nth=0', 'kernal');
    await page.click('diary-search button >> nth=0');
    await page.waitForFunction(() => /kernel” was searched/.test(document.querySelector('diary-search').shadowRoot.textContent));
    const marks = await page.evaluate(() => getComputedStyle(document.querySelector('diary-search').shadowRoot.querySelector('mark')).backgroundColor);
    assert.equal(marks, 'rgb(245, 217, 139)', 'the page gives the colours');
    await page.fill('diary-search input >> nth=1', 'rzip');
    await page.waitForFunction(() => document.querySelectorAll('diary-search')[1].shadowRoot.querySelector('li'));
    // An old page, its own rules, and a script that is met before the element is whole.
    await page.goto(`http://localhost:${other.address().port}/ugly`);
    await page.fill('diary-search >> nth=0 >> input', 'hotplug cpu');
    await page.press('diary-search >> nth=0 >> input', 'Enter');
    await page.waitForSelector('diary-search li mark');
    assert.ok((await page.locator('diary-search >> nth=0 >> input').boundingBox()).width > 200, 'its rules stay outside');
    assert.equal(await page.locator('diary-search >> nth=1 >> input').count(), 1, 'the form that it has is used');
  } finally {
    other.close();
    other.closeAllConnections();
  }
});

for (const colorScheme of ['light', 'dark']) {
  journey(`every page is accessible, ${colorScheme}`, { colorScheme, bypassCSP: true }, async (page) => {
    for (const [kind, path] of Object.entries(PAGES)) {
      await page.goto(SITE + path);
      for (const details of await page.locator('details').all()) await details.evaluate((it) => { it.open = true; });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const told = violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html).join(' ')}`);
      assert.deepEqual(told, [], `${kind} (${path})`);
    }
  });
}

journey('every width from 320 to 2560, and twice the size', {}, async (page) => {
  for (const width of [320, 640, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [kind, path] of Object.entries(PAGES)) {
      await page.goto(SITE + path, { waitUntil: 'domcontentloaded' });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${kind} is ${over} wider than ${width}`);
    }
  }
});

journey('forced colours, less motion, right to left, print', { forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
  await page.goto(`${SITE}/search?q=kernel`);
  assert.ok(await page.locator('.hits mark').first().isVisible());
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `right to left it is ${over} too wide`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(!(await page.locator('form[role=search]').isVisible()));
  assert.ok(await page.locator('.hits article').first().isVisible());
});

journey('pages are small, and ask nobody else', {}, async (page) => {
  let scripts = 0;
  page.on('response', async (answer) => {
    if (!/\.js$/.test(answer.url())) return;
    scripts += (await answer.request().sizes()).responseBodySize;
  });
  for (const path of Object.values(PAGES)) {
    const answer = await page.goto(SITE + path);
    assert.ok((await answer.body()).length < 60_000, `${path} is ${(await answer.body()).length} bytes`);
  }
  assert.deepEqual(await page.context().cookies(), []);
  assert.ok(scripts / Object.keys(PAGES).length < 15_000, `${scripts} bytes of scripts`);
});

let failed = 0;
for (const { name, options, steps } of journeys) {
  const started = Date.now();
  const { origin, ...settings } = options;
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...settings });
  context.setDefaultTimeout(20000);
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(`error on the page: ${error.message}`));
  page.on('console', (message) => {
    // A page that is not there is one of those looked at.
    if (message.type() === 'error' && !/404|410/.test(message.text())) wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!origin && !request.url().startsWith(SITE)) wrong.push(`asked ${request.url()}`);
  });
  const shot = `${SHOTS}/${name.replaceAll(/[^a-z0-9]+/g, '-')}.png`;
  try {
    await steps(page);
    assert.deepEqual(wrong, []);
    await rm(shot, { force: true });
    console.log(`ok     ${name} (${Date.now() - started} ms)`);
  } catch (problem) {
    failed += 1;
    await page.screenshot({ path: shot, fullPage: true }).catch(() => {});
    console.log(`FAILED ${name}: ${problem.message}\n       at ${page.url()}, shown in ${shot}`);
  }
  await context.close();
}
await browser.close();
console.log(`${journeys.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
