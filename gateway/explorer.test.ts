import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { chromium, type Page } from 'playwright-core';
import type { ExplorerTab } from './explorer.ts';
import { startTestBed } from './testdata/start.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
// Without a browser these are passed over by name; where the project is checked they fail instead.
const inBrowser = existsSync(executablePath) || process.env.CI ? it : it.skip;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Opens the explorer in a browser, watching every request and complaint of the page. */
async function visit(tabsFor: (token: string) => ExplorerTab[]) {
  const tabs: ExplorerTab[] = [];
  const bed = await startTestBed('local', { explorer: { title: 'Tepai <b>', tabs } });
  closers.push(() => bed.close());
  const token = await bed.issuer.mint('officer-1');
  tabs.push(...tabsFor(token));
  const { url } = await bed.gateway.listen(0);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  closers.push(() => browser.close());
  const page = await browser.newPage();
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${url}/explorer`);
  await page.waitForSelector('.graphiql-query-editor .view-line', { timeout: 30_000 });
  return { bed, url, token, page, requested, complaints };
}

async function openTab(page: Page, place: number): Promise<void> {
  // Tabs can be dragged, and a click while the page is busy is now and then taken for the start of that.
  for (let opened = false; !opened; ) {
    await page.click(`.graphiql-tab:nth-child(${place}) .graphiql-tab-button`);
    const active = page.waitForSelector(`.graphiql-tab-active:nth-child(${place})`, { timeout: 2_000 });
    opened = await active.then(
      () => true,
      () => false,
    );
  }
  // What an editor changed is written to the tab half a second later, whichever tab is then open: let that pass.
  await page.waitForFunction(
    (index) => JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{}').activeTabIndex === index,
    place - 1,
  );
  await page.waitForTimeout(1_000);
}

/** Runs what the tab holds until the answer says `text`: a tab just opened needs a moment to know what it holds. */
async function runUntil(page: Page, text: string): Promise<string> {
  const until = Date.now() + 25_000;
  for (let seen = ''; ; ) {
    await page.waitForTimeout(500);
    await page.click('.graphiql-execute-button');
    await page.waitForTimeout(500);
    seen = (await page.locator('.graphiql-response .view-lines').innerText()).replace(/\s+/g, ' ');
    if (seen.includes(text)) return seen;
    if (Date.now() > until) throw new Error(`no answer says ${text}; the last: ${seen}`);
  }
}

describe('the explorer', () => {
  it('is one packed page that the browser may not leave', async () => {
    const bed = await startTestBed('local');
    closers.push(() => bed.close());
    const { url } = await bed.gateway.listen(0);
    const response = await fetch(`${url}/explorer`);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(Number(response.headers.get('content-length'))).toBeLessThan(3_000_000);
    const html = await response.text();
    expect(html.length).toBeGreaterThan(5_000_000);
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)=["'](https?:)?\/\//);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'.*connect-src 'self'/);
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    const etag = response.headers.get('etag') ?? '';
    const again = await fetch(`${url}/explorer`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  inBrowser(
    'runs the examples it was given, each with its own token, and asks nobody but the gateway',
    async () => {
      const { page, url, requested, complaints } = await visit((token) => [
        { query: 'query WhoAmI { whoami } # </script><b>', token },
        { query: 'query One($id: ID!) { person(id: $id) { name } whoami }', variables: { id: 'p2' } },
      ]);
      await runUntil(page, 'officer-1');
      await openTab(page, 2);
      await runUntil(page, 'TOKEN_MISSING');
      await openTab(page, 1);
      await runUntil(page, 'officer-1');
      await page.reload();
      await page.waitForSelector('.graphiql-query-editor .view-line', { timeout: 30_000 });
      await runUntil(page, 'officer-1');
      const elsewhere = requested.filter(
        (address) =>
          !address.startsWith(`${url}/`) && !address.startsWith(`blob:${url}/`) && !address.startsWith('data:'),
      );
      expect(elsewhere).toEqual([]);
      expect(requested.length).toBeGreaterThan(4);
      expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    },
    180_000,
  );

  inBrowser(
    'runs a query with a token typed into the headers',
    async () => {
      const { page, token, complaints } = await visit(() => [{ query: 'query WhoAmI { whoami }' }]);
      await runUntil(page, 'TOKEN_MISSING');
      await page.getByRole('button', { name: 'Headers', exact: true }).click();
      await page.locator('.graphiql-editor-tool .monaco-editor:visible').click();
      await page.keyboard.insertText(JSON.stringify({ authorization: `Bearer ${token}` }));
      await runUntil(page, 'officer-1');
      expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    },
    180_000,
  );
});
