import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../helpers/browser.js';
import { BrowserSession } from '../helpers/browser-session.js';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const SENTENCE = 'Anna Smith left London .';
const ASKED = ['explain', SENTENCE, '--gold', 'B-PER I-PER O B-LOC O'];

/** Whether an element is seen. */
const seen = (query: string) => `document.querySelector('${query}').getClientRects().length > 0`;

describe.skipIf(BROWSER === undefined)('the page of rnn explain', () => {
  let browser: BrowserSession;

  beforeAll(async () => {
    await folder.learnByHeart(NAMES);
    await folder.mustRun([...ASKED, '--to', 'html', '-o', 'page.html']);
    browser = await BrowserSession.open();
    await browser.look(400, 800, 'dark');
  }, 240_000);

  afterAll(() => browser?.close());

  const open = async (name: string): Promise<void> => {
    await browser.call('Page.navigate', { url: `file://${folder.at(name)}` });
    const isReady = `location.href.endsWith('${name}') && document.readyState === 'complete'`;
    await expect.poll(() => browser.evaluate<boolean>(isReady), { timeout: 30_000 }).toBe(true);
  };

  const read = (expression: string) => browser.evaluate<string | number | boolean>(expression);

  test('fits 400 pixels, and shows the whole sentence at first', async () => {
    await open('page.html');
    expect(await read("document.querySelectorAll('.unrolled').length")).toBe(1);
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
      const widths = await read(
        "[...document.querySelectorAll('.error')].map((bar) => bar.getAttribute('width')).join()",
      );
      for (const [s, width] of String(widths).split(',').entries())
        expect(Number(width)).toBeCloseTo((80 * reach[t][s]) / largest, 0);
    }
    await browser.press('ArrowLeft');
    expect(await read(said)).toMatch(/^Back from Smith/);
  });

  test('a switch shows two models one below the other, or one of them, and steps through all that are seen', async () => {
    const small = ['--preset', 'textbook', '--epochs', '2', '--hidden', '8', '--networks', '2', '-o', 'averaged.json'];
    await folder.mustRun(['train', 'by-heart.conll', '--dev', 'by-heart.conll', ...small]);
    await folder.mustRun([...ASKED, '--compare', 'averaged.json', '--to', 'html', '-o', 'compared.html']);
    await open('compared.html');
    expect(await read('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    const shown = () =>
      read(
        "[...document.querySelectorAll('section')].flatMap((each, n) => each.getClientRects().length ? [n] : []).join()",
      );
    expect(await shown()).toBe('0,1');
    await browser.press('ArrowRight');
    expect(await read("document.querySelectorAll('.later').length")).toBe(8);
    expect(await read("document.getElementById('said').textContent")).toMatch(
      /^model\.json: Word 1, Anna: .* · averaged\.json: mean of 2: Word 1, Anna: /,
    );
    for (const [choice, sections] of ['0,1', '0', '1', '2', '3'].entries()) {
      await read(`document.getElementById('choice-${choice}').click()`);
      expect(await shown()).toBe(sections);
    }
    expect(await read("document.getElementById('said').textContent")).toMatch(/^Word 1, Anna: /);
  });

  test('a film shows one epoch at a time, by keys and by itself', async () => {
    const training = ['--train', 'by-heart.conll', '--epochs', '4', '--hidden', '8', '--batch-size', '1'];
    await folder.mustRun([...ASKED, ...training, '--to', 'html', '-o', 'film.html']);
    const { epochs } = JSON.parse((await folder.mustRun([...ASKED, ...training, '--json'])).stdout);
    await open('film.html');
    expect(await read('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    const told = () => read("document.getElementById('told').textContent");
    const lossOf = (epoch: number) => `of this sentence ${epochs[epoch].explanation.loss.toFixed(3)}`;
    expect(await told()).toContain(lossOf(4));
    for (let epoch = 3; epoch >= 0; epoch--) {
      await browser.call('Input.dispatchKeyEvent', { type: 'keyDown', key: 'ArrowLeft', modifiers: 8 });
      expect(await told()).toContain(lossOf(epoch));
      for (let other = 0; other <= 4; other++)
        expect(await read(seen(`div[data-epoch="${other}"]`))).toBe(other === epoch);
    }
    await read("document.getElementById('play').click()");
    await expect.poll(told, { timeout: 10_000 }).toContain(lossOf(4));
    await expect.poll(() => read("document.getElementById('play').textContent")).toBe('Play');
  });

  test('without a script, pages show the whole sentence and the last epoch, and the switch works', async () => {
    await browser.call('Emulation.setScriptExecutionDisabled', { value: true });
    await open('film.html');
    expect(await read(seen('div[data-epoch="4"]'))).toBe(true);
    expect(await read(seen('div[data-epoch="0"]'))).toBe(false);
    expect(await read(seen('#steps'))).toBe(false);
    await open('compared.html');
    expect(await read(seen('section[data-picture="1"]'))).toBe(true);
    await read("document.getElementById('choice-1').checked = true");
    expect(await read(seen('section[data-picture="1"]'))).toBe(false);
    await browser.call('Emulation.setScriptExecutionDisabled', { value: false });
  });
});
