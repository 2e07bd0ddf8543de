import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/tagger.js';
import { BROWSER } from '../helpers/browser.js';
import { BrowserSession } from '../helpers/browser-session.js';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';
import { killServers, startServer } from '../helpers/server.js';

const TEXT = 'Bob Jones left Paris. Anna Smith lives in London.';

/** Where screenshots go for people to look at; nowhere unless said. */
const { SCREENSHOTS } = process.env;

describe.skipIf(!BROWSER)('the page that tags in the browser', () => {
  const folder = new Folder();
  let browser: BrowserSession;
  const pages: Record<string, string> = {};

  beforeAll(async () => {
    await folder.learnByHeart(NAMES);
    await folder.mustRun(['export', '--html', 'page.html', '--quiet']);
    pages['from the server'] = (await startServer(folder)).url;
    pages['from a file'] = pathToFileURL(folder.at('page.html')).href;
    browser = await BrowserSession.open();
  }, 60_000);

  afterAll(async () => {
    killServers();
    await browser.close();
  });

  const open = async (page: string): Promise<void> => {
    await browser.call('Page.enable');
    await browser.call('Page.navigate', { url: pages[page] });
    await expect.poll(() => statusText(), { timeout: 20_000 }).toMatch(/^\d+ entit/);
  };
  const statusText = (): Promise<string> => browser.evaluate("document.querySelector('#status')?.textContent ?? ''");
  const type = async (text: string): Promise<void> => {
    await browser.evaluate("document.querySelector('textarea').focus(); document.querySelector('textarea').select()");
    await browser.call('Input.insertText', { text });
  };
  const marks = (): Promise<{ text: string; label: string; tip: string }[]> =>
    browser.evaluate(`[...document.querySelectorAll('mark')].map((mark) => ({
      text: mark.firstChild.data, label: mark.querySelector('b').textContent, tip: mark.querySelector('.tip')?.textContent ?? '',
    }))`);
  const shoot = async (name: string): Promise<void> => {
    if (!SCREENSHOTS) return;
    mkdirSync(SCREENSHOTS, { recursive: true });
    writeFileSync(join(SCREENSHOTS, `${name}.png`), await browser.screenshot());
  };

  test.each(['from the server', 'from a file'])('%s, marks what is typed as the library does', async (page) => {
    await browser.look(900, 600, 'light');
    await open(page);
    await type(TEXT);
    const spans = loadModel(folder.read('model.json'))
      .tag(TEXT)
      .flatMap((sentence) => sentence.spans);
    expect(spans).toHaveLength(4);
    expect(await marks()).toEqual(
      spans.map(({ text, label, confidence = 0 }) => ({
        text,
        label,
        tip: `${label}, confidence ${(100 * confidence).toFixed(1)} %`,
      })),
    );
    await type('<img src=x onerror="document.title=1"> & nobody');
    expect(await browser.evaluate("document.querySelector('#tagged').textContent")).toMatch(/^<img src=x onerror/);
    expect(await browser.evaluate("document.querySelector('#tagged img')")).toBeNull();
    await type('');
    expect(await statusText()).toMatch(/^0 entities/);
  });

  test('names what it shows, and has the colours of rnn tag --to html', async () => {
    await open('from a file');
    await type(TEXT);
    const heading = "document.querySelector('#result').textContent";
    expect(await browser.evaluate(heading)).toBe('Names');
    const hues = `[...document.querySelectorAll('mark')].map((mark) =>
      mark.querySelector('b').textContent + ' ' + mark.style.getPropertyValue('--hue'))`;
    expect(new Set(await browser.evaluate<string[]>(hues))).toEqual(new Set(['LOC 210', 'PER 35']));
    const tagger = new Folder();
    tagger.write('pos.conll', 'The DT\nbank NN\ncloses VBZ\n\n'.repeat(5));
    await tagger.mustRun(['train', 'pos.conll', '-q', ...SMALL]);
    await tagger.mustRun(['export', '--html', 'page.html', '-q']);
    pages['of parts of speech'] = pathToFileURL(tagger.at('page.html')).href;
    await browser.call('Page.navigate', { url: pages['of parts of speech'] });
    await expect.poll(() => statusText(), { timeout: 20_000 }).toMatch(/^\d+ words, /);
    expect(await browser.evaluate(heading)).toBe('Tags');
    await type('The bank closes');
    expect(await statusText()).toMatch(/^3 words, /);
    expect((await marks()).map(({ text }) => text)).toEqual(['The', 'bank', 'closes']);
  });

  test('shows confidences on hover and to the keyboard', async () => {
    await open('from a file');
    await type(TEXT);
    const visible = (index: number): Promise<boolean> =>
      browser.evaluate(`getComputedStyle(document.querySelectorAll('.tip')[${index}]).visibility === 'visible'`);
    expect(await visible(0)).toBe(false);
    await browser.press('Tab');
    expect([await visible(0), await visible(1)]).toEqual([true, false]);
    await shoot('focus');
    await browser.press('Tab');
    expect([await visible(0), await visible(1)]).toEqual([false, true]);
    const { x, y } = await browser.evaluate<{ x: number; y: number }>(
      "(({ x, y }) => ({ x: x + 5, y: y + 5 }))(document.querySelectorAll('mark')[3].getBoundingClientRect())",
    );
    await browser.call('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    expect(await visible(3)).toBe(true);
  });

  test.each([
    ['light', 900],
    ['dark', 900],
    ['light', 320],
    ['dark', 320],
  ] as const)('is readable in %s, %d wide: nothing runs over the side, text stands out', async (scheme, width) => {
    await browser.look(width, 700, scheme);
    await open('from a file');
    await type(TEXT);
    await browser.press('Tab');
    await shoot(`${scheme}-${width}`);
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const contrast = await browser.evaluate<number>(CONTRAST);
    expect(contrast).toBeGreaterThan(4.5);
  });

  test('needs nothing but itself', () => {
    const html = readFileSync(folder.at('page.html'), 'utf8');
    expect(html.match(/<script[^>]*\bsrc=|<link|@import/g)).toBeNull();
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });
});

/** The lowest contrast of marks' text and ground (WCAG 2). */
const CONTRAST = `(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return Math.min(...[...document.querySelectorAll('mark')].map((mark) => {
    const { color, backgroundColor } = getComputedStyle(mark);
    const [a, b] = [light(color), light(backgroundColor)];
    return Math.max(a, b) / Math.min(a, b);
  }));
})()`;
