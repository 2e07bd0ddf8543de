import { describe, expect, test } from 'vitest';
import { AnnotationPage } from '../helpers/annotation-page.js';
import { BROWSER } from '../helpers/browser.js';

const page = new AnnotationPage();
page.folder.write('many.txt', Array.from({ length: 700 }, (_, index) => `Ada met Bob on day ${index} .\n`).join(''));
page.folder.write('long.txt', `${Array.from({ length: 5000 }, (_, index) => `word${index}`).join(' ')}\n`);

describe.skipIf(BROWSER === undefined)('the page of rnn annotate', () => {
  test('says what the sentences around are, where there are some', async () => {
    await page.open('texts.txt');
    const legends = (): Promise<string[]> =>
      page.browser.evaluate(`[...document.querySelectorAll('.legend')]
        .filter((legend) => legend.checkVisibility({ visibilityProperty: true })).map(({ textContent }) => textContent)`);
    expect(await legends()).toEqual(['After it in the texts, for context']);
    await page.press('Enter');
    await page.untilShown('Bob');
    expect(await legends()).toEqual(['Before it in the texts, for context', 'After it in the texts, for context']);
    const titles = "[...document.querySelectorAll('.neighbour')].map(({ title }) => title)";
    expect(await page.browser.evaluate(titles)).toEqual([
      expect.stringContaining('before this one in the texts'),
      expect.stringContaining('another one may be asked next'),
    ]);
  });

  test('counts down the random sentences until a score, or says that there are too few', async () => {
    const annotation = await page.open('many.txt');
    const left = /^(\d+) more random sentences until a score$/;
    expect(await page.textOf('#score')).toBe('50 more random sentences until a score');
    const { sampled } = await annotation.overview();
    expect(sampled.left).toBeGreaterThan(50);
    for (let index = 0; index < 40; index++) await annotation.accept();
    await expect
      .poll(() => page.textOf('#score'), { timeout: 5000 })
      .not.toBe('50 more random sentences until a score');
    const { accepted } = (await annotation.overview()).sampled;
    expect(left.exec(await page.textOf('#score'))?.[1]).toBe(`${50 - accepted}`);
    await page.open('texts.txt');
    expect(await page.textOf('#score')).toBe('No score: too few sentences');
  });

  test('keeps a short suggestion on one line at 400 pixels, with its label', async () => {
    const people = Array.from({ length: 12 }, (_, index) => `Ad${'a'.repeat(index % 7)}${index} Lovelace`);
    const text = people.map((name, index) => `${'so '.repeat(index % 5)}met ${name}`).join(' ');
    const spans = people.map((name) => {
      const start = text.indexOf(name);
      return { label: 'PER', start, end: start + name.length, text: name, confidence: 0.87 };
    });
    page.folder.write('suggested.jsonl', `${JSON.stringify({ text, tokens: tokensOf(text), spans })}\n`);
    await page.open('suggested.jsonl');
    await page.browser.look(400, 900, 'dark');
    await page.shoot('suggested-400-dark');
    const lines = await page.browser.evaluate<number[]>(`[...document.querySelectorAll('.token.first')].map((first) => {
      const rest = [first, first.nextSibling, first.nextSibling.nextSibling];
      return new Set(rest.flatMap((part) => [...part.getClientRects()]).map(({ bottom }) => Math.round(bottom))).size;
    })`);
    expect(lines).toEqual(people.map(() => 1));
    expect(await page.browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('shows 5,000 words, and moves and labels among them at once', async () => {
    await page.open('long.txt');
    expect(await page.browser.evaluate("document.querySelectorAll('.token').length")).toBe(5000);
    const milliseconds = await page.browser.evaluate<number>(`(() => {
      const start = performance.now();
      for (const key of ['ArrowDown', 'ArrowRight', '1'].flatMap((each) => Array(20).fill(each)))
        document.querySelector('#sentence').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return (performance.now() - start) / 60;
    })()`);
    expect(milliseconds).toBeLessThan(100);
    await page.press('End', '2');
    expect(await page.sentence()).toMatch(/word4999, LOC$/);
    await page.press('Home');
    const isVisible = "document.querySelector('#token-0').getBoundingClientRect().top >= 0";
    expect(await page.browser.evaluate(isVisible)).toBe(true);
  });

  test('names words, what they are, and what has happened to those who hear it', async () => {
    await page.open('texts.txt');
    expect(await page.browser.evaluate("document.activeElement.getAttribute('role')")).toBe('listbox');
    await page.press('1');
    expect(await page.textOf('#live')).toBe('Ada: PER');
    expect(await page.browser.evaluate("document.activeElement.getAttribute('aria-activedescendant')")).toBe('token-0');
    await page.press('Enter');
    await page.untilShown('Bob');
    expect(await page.textOf('#live')).toMatch(/^Accepted with 1 name, saved\. Bob stayed \./);
    const unnamed = `[...document.querySelectorAll('button, input')].filter((element) => element.checkVisibility() &&
      !(element.textContent.trim() || element.labels?.length || element.ariaLabel)).map((element) => element.id)`;
    expect(await page.browser.evaluate(unnamed)).toEqual([]);
  });

  test.each([
    [400, 'light'],
    [400, 'dark'],
    [1280, 'dark'],
    [2560, 'light'],
  ] as const)('fits in %i pixels, %s, and text stands out', async (width, scheme) => {
    await page.open('texts.txt');
    await page.press('Shift+ArrowRight', '1');
    await page.browser.look(width, 900, scheme);
    await page.shoot(`${width}-${scheme}`);
    expect(await page.browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const contrasts = await page.browser.evaluate<number[]>(CONTRASTS);
    expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
  });

  test.each([1120, 1280])('has one line above the work at %i pixels, with long figures too', async (width) => {
    await page.open('texts.txt');
    await page.browser.look(width, 900, 'light');
    const height = 'document.querySelector("header").offsetHeight';
    const before = await page.browser.evaluate(height);
    await page.browser.evaluate(`for (const [id, text] of [
      ['progress', '1,234 accepted, 12 skipped, 3,754 left'],
      ['model', 'Model 12, from 1,111 sentences, learning …'],
      ['score', 'F1 78.4 (72.1 to 84.0); 100 more may bring 1.2'],
    ]) document.getElementById(id).textContent = text;
    document.querySelector('#save-model').hidden = false;
    document.querySelector('#curve').removeAttribute('hidden')`);
    expect(await page.browser.evaluate(height)).toBe(before);
    expect(await page.browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('leaves buttons where they are at 400 pixels when it says what has happened', async () => {
    await page.open('texts.txt');
    await page.browser.look(400, 900, 'light');
    const before = await page.placeOf('#accept');
    await page.press('Enter');
    await page.untilShown('Bob');
    expect(await page.textOf('#saved')).not.toBe('');
    expect(await page.placeOf('#accept')).toEqual(before);
  });

  test('shows its keys', async () => {
    await page.open('texts.txt');
    await page.press('?');
    expect(await page.browser.evaluate("document.querySelector('#keys').open")).toBe(true);
    await page.shoot('keys');
    await page.press('Enter');
    await expect.poll(() => page.browser.evaluate("document.querySelector('#keys').open")).toBe(false);
    await page.press('?', '?');
    await expect.poll(() => page.browser.evaluate("document.querySelector('#keys').open")).toBe(false);
    expect(page.saved()).toEqual([]);
  });

  test('says whether nothing is decided yet, or nothing that is decided matches a search', async () => {
    await page.open('texts.txt');
    const search = (words: string): Promise<unknown> =>
      page.browser.evaluate(`{
        const field = document.querySelector('#search-done');
        field.value = ${JSON.stringify(words)};
        field.dispatchEvent(new Event('input'));
      }`);
    await search('');
    await expect.poll(() => page.textOf('#none-done')).toMatch(/^Nothing yet/);
    await search('zzz');
    await expect.poll(() => page.textOf('#none-done')).toBe('No decided sentence matches.');
  });
});

/** The words of a text with their offsets, as `rnn tag` writes them. */
function tokensOf(text: string): object[] {
  return [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    return { text: word, start: index, end: index + word.length, tag: 'O' };
  });
}

/** The contrast of some texts with what is behind them (WCAG 2.2, relative luminance). */
const CONTRASTS = `(() => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return /, 0\\)$/.test(backgroundColor) && element.parentElement ? behind(element.parentElement) : backgroundColor;
  };
  return ['#token-0', '#token-3', '#token-0 .name', '#hint', '#progress', '.label', '#accept', '.note', '.legend', '#after'].map((query) => {
    const element = document.querySelector(query) ?? document.querySelector('#token-1 .name');
    const [one, other] = [getComputedStyle(element).color, behind(element)].map(luminance).sort((a, b) => b - a);
    return (one + 0.05) / (other + 0.05);
  });
})()`;
