import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../helpers/browser.js';
import { BrowserSession } from '../helpers/browser-session.js';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const SENTENCE = 'Anna Smith left London .';
const ASKED = ['explain', SENTENCE, '--gold', 'B-PER I-PER O B-LOC O'];

describe.skipIf(BROWSER === undefined)('the page of rnn explain', () => {
  let browser: BrowserSession;

  beforeAll(async () => {
    await folder.learnByHeart(NAMES);
    await folder.mustRun([...ASKED, '--to', 'html', '-o', 'page.html']);
    browser = await BrowserSession.open();
    await browser.look(400, 800, 'dark');
    await browser.call('Page.navigate', { url: `file://${folder.at('page.html')}` });
  }, 240_000);

  afterAll(() => browser?.close());

  const read = (expression: string) => browser.evaluate<string | number>(expression);

  test('fits 400 pixels, and shows the whole sentence at first', async () => {
    await expect
      .poll(() => read("document.readyState + document.querySelectorAll('svg').length"), { timeout: 30_000 })
      .toBe('complete1');
    expect(await read('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    expect(await read("document.querySelectorAll('.later').length")).toBe(0);
  });

  test('steps forward word by word and then backward with the error, by the numbers of --json', async () => {
    const { tokens, reach } = JSON.parse((await folder.mustRun([...ASKED, '--json'])).stdout);
    const said = "document.getElementById('said').textContent";
    for (const [t, { text, tag, probabilities }] of tokens.entries()) {
      await browser.press('ArrowRight');
      expect(await read(said)).toBe(`Word ${t + 1}, ${text}: ${tag}, ${(100 * probabilities[tag]).toFixed(1)} %`);
      expect(await read("document.querySelectorAll('.later').length")).toBe(tokens.length - 1 - t);
    }
    for (let t = tokens.length - 1; t >= 0; t--) {
      await browser.press('ArrowRight');
      expect(await read(said)).toBe(`Back from ${tokens[t].text}, whose loss is ${tokens[t].loss.toFixed(4)}`);
      const largest = Math.max(...reach[t]);
      for (const [s, norm] of reach[t].entries())
        expect(Number(await read(`document.querySelector('[data-error="${s}"]').getAttribute('width')`))).toBeCloseTo(
          (80 * norm) / largest,
          0,
        );
    }
    await browser.press('ArrowLeft');
    expect(await read(said)).toMatch(/^Back from Smith/);
  });
});
