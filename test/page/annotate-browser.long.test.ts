import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Annotation, killAnnotations } from '../helpers/annotation.js';
import { BROWSER } from '../helpers/browser.js';
import { BrowserSession } from '../helpers/browser-session.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
folder.write('texts.txt', 'Ada Lovelace left Paris .\nBob stayed .\nEve met Ada in New York .\n');
folder.write('right.txt', 'التقى محمد بن زايد الوزير في أبوظبي .\n姚明在北京。\n');
folder.write('many.txt', Array.from({ length: 700 }, (_, index) => `Ada met Bob on day ${index} .\n`).join(''));
folder.write('long.txt', `${Array.from({ length: 5000 }, (_, index) => `word${index}`).join(' ')}\n`);
const LABELS = 'PER,LOC,ORG,DATE,TIME,MONEY,LAW,EVENT,WORK,DRUG,DISEASE';

let browser: BrowserSession;
let count = 0;
const started: Annotation[] = [];

beforeAll(async () => {
  if (BROWSER !== undefined) browser = await BrowserSession.open();
});
afterAll(async () => {
  killAnnotations();
  await browser?.close();
});
afterEach(async () => {
  for (const annotation of started.splice(0)) await annotation.stop('SIGKILL').catch(() => null);
});

/** Opens the page on some texts, in their order. */
async function open(...args: string[]): Promise<Annotation> {
  const output = ['-o', `decisions-${++count}.jsonl`];
  const isReview = args[0] === '--review';
  const all = isReview ? [...args, ...output] : [...args, '--labels', LABELS, '--order', 'given', ...output];
  const annotation = await Annotation.start(folder, all);
  started.push(annotation);
  await browser.look(1280, 800, 'light');
  await visit(annotation);
  return annotation;
}

async function visit({ url }: Annotation): Promise<void> {
  await browser.call('Page.navigate', { url });
  await expect.poll(sentence).not.toBe('');
}

/** The words of the sentence on the screen, each with its label. */
function sentence(): Promise<string> {
  return browser.evaluate(`[...document.querySelectorAll('.token')]
    .map((token) => token.getAttribute('aria-label')).join(' | ')`);
}

/** Waits until the sentence on the screen begins with some words. */
async function untilShown(words: string): Promise<void> {
  await expect.poll(sentence, { timeout: 10_000 }).toMatch(new RegExp(`^${words}`));
}

function textOf(query: string): Promise<string> {
  return browser.evaluate(`document.querySelector(${JSON.stringify(query)}).textContent`);
}

/** The middle of an element. */
function placeOf(query: string): Promise<{ x: number; y: number }> {
  return browser.evaluate(`(({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 }))(
    document.querySelector(${JSON.stringify(query)}).getClientRects()[0])`);
}

const token = (index: number): Promise<{ x: number; y: number }> => placeOf(`#token-${index}`);

async function click(query: string): Promise<void> {
  await browser.drag(await placeOf(query));
}

/** Waits as long as a person looks at a sentence at least before accepting it. */
function look(): Promise<void> {
  return setTimeout(400);
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    if (key === 'Enter') await look();
    const shift = key.startsWith('Shift+');
    await browser.press(shift ? key.slice(6) : key, { shift });
  }
}

/** The entities of each decision in the file, as texts. */
function saved(): string[] {
  const lines = folder.read(`decisions-${count}.jsonl`).split('\n').filter(Boolean);
  return lines.map((line) => {
    const { answer, spans, note, undone } = JSON.parse(line);
    const entities = spans.map(({ label, text }: { label: string; text: string }) => `${label} ${text}`);
    return [undone ? 'undone' : answer, ...entities, ...(note === undefined ? [] : [`(${note})`])].join(', ');
  });
}

/** The readings of a review that are on the screen. */
function chosen(): Promise<string[]> {
  return browser.evaluate(
    "[...document.querySelectorAll('#review [aria-pressed=true] kbd')].map((key) => key.textContent)",
  );
}

/** Starts the same work again at the same address. */
async function restart({ url }: Annotation): Promise<void> {
  const args = ['texts.txt', '--labels', LABELS, '--order', 'given', '-o', `decisions-${count}.jsonl`];
  started.push(await Annotation.start(folder, [...args, '--port', new URL(url).port]));
}

/** Clicks a button, and presses Enter when the sentence that it goes to appears. */
async function goAndAccept(button: string): Promise<void> {
  await browser.evaluate(`{
    const sentence = document.querySelector('#sentence');
    const observer = new MutationObserver(() => {
      observer.disconnect();
      setTimeout(() => sentence.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
    });
    observer.observe(sentence, { childList: true });
    document.querySelector('${button}').click();
  }`);
}

function isTroubleHidden(): Promise<boolean> {
  return browser.evaluate("document.querySelector('#trouble').hidden");
}

/** Keeps a picture to look at, where a folder for them is named. */
async function shoot(name: string): Promise<void> {
  const place = process.env.SCREENSHOTS;
  if (place !== undefined) writeFileSync(join(place, `${name}.png`), await browser.screenshot());
}

describe.skipIf(BROWSER === undefined)('the page of rnn annotate', () => {
  test('labels by the keyboard alone', async () => {
    await open('texts.txt');
    await press('Shift+ArrowRight', '1');
    await untilShown('Ada, PER | Lovelace, PER | left');
    await press('ArrowRight', 'ArrowRight', '3', '2'); // one key changes a label
    await untilShown('Ada, PER | Lovelace, PER | left | Paris, LOC');
    await press('Enter');
    await untilShown('Bob');
    await press('1', 'x', 'Enter');
    await untilShown('Eve');
    await press('End', 'ArrowLeft', 'Shift+ArrowLeft', '/', ...'dise', 'Enter');
    await untilShown(String.raw`Eve \| met \| Ada \| in \| New, DISEASE \| York, DISEASE`);
    await press('n', ...'sure?', 'Enter', 's');
    await expect.poll(() => textOf('#finished')).toContain('All is labelled');
    expect(saved()).toEqual(['accept, PER Ada Lovelace, LOC Paris', 'accept', 'skip, DISEASE New York, (sure?)']);
  });

  test('labels by the mouse alone, and removes', async () => {
    await open('texts.txt');
    await browser.drag(await token(0), await token(1));
    await click('[data-label="PER"]');
    await browser.drag(await token(3));
    await click('[data-label="LOC"]');
    await browser.drag(await token(2));
    await click('[data-label="ORG"]');
    await browser.drag(await token(2));
    await click('#remove');
    await untilShown(String.raw`Ada, PER \| Lovelace, PER \| left \| Paris, LOC`);
    await shoot('labelled');
    await look();
    await click('#accept');
    await untilShown('Bob');
    await click('#skip');
    await untilShown('Eve');
    expect(saved()).toEqual(['accept, PER Ada Lovelace, LOC Paris', 'skip']);
  });

  test('labels nothing where no word was pointed at', async () => {
    await open('texts.txt');
    await click('[data-label="PER"]');
    expect(await sentence()).toMatch(/^Ada \| Lovelace \|/);
    await browser.drag(await token(0));
    await click('[data-label="PER"]');
    expect(await sentence()).toMatch(/^Ada, PER \| Lovelace \|/);
  });

  test('makes a name as short as what is selected in it, and a change that changes nothing is not undone', async () => {
    await open('texts.txt');
    await press('Shift+ArrowRight', '1', '1');
    await untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await browser.drag(await token(1));
    await press('1');
    await untilShown(String.raw`Ada \| Lovelace, PER`);
    await press('1', 'u');
    await untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await press('u');
    await untilShown(String.raw`Ada \| Lovelace \|`);
  });

  test('makes a name shorter by touch', async () => {
    await open('texts.txt');
    await press('Shift+ArrowRight', 'Shift+ArrowRight', '1');
    await browser.tap(await token(0));
    await browser.tap(await token(1));
    await browser.tap(await placeOf('[data-label="PER"]'));
    await untilShown(String.raw`Ada, PER \| Lovelace, PER \| left \|`);
  });

  test('takes a second Enter for the sentence before, and says what was accepted', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    expect(await textOf('#saved')).toBe('Accepted with 1 name, saved');
    await browser.press('Enter'); // at once
    await browser.press('Enter');
    expect(await textOf('#saved')).toBe('Not decided: too fast');
    expect(await textOf('#live')).toBe('Not decided: too fast. Bob stayed .');
    await setTimeout(500);
    expect(saved()).toEqual(['accept, PER Ada']);
    expect(await sentence()).toMatch(/^Bob/);
    await press('Enter');
    await untilShown('Eve');
    expect(await textOf('#saved')).toBe('Accepted without names, saved');
    await shoot('accepted');
    await browser.look(400, 900, 'dark');
    await shoot('accepted-400-dark');
    await press('s');
    await expect.poll(() => textOf('#saved')).toBe('Skipped, saved');
    expect(await textOf('#progress')).toBe('2 accepted, 1 skipped, 0 left');
  });

  test('skips a sentence for each press, however fast', async () => {
    await open('texts.txt');
    await browser.evaluate(`for (let presses = 0; presses < 2; presses++)
      document.querySelector('#sentence').dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }))`);
    await untilShown('Eve');
    expect(await textOf('#saved')).toBe('Skipped, saved');
    await browser.press('s');
    await expect.poll(() => textOf('#finished')).toContain('All is labelled');
    expect(saved()).toEqual(['skip', 'skip', 'skip']);
  });

  test('accepts a sentence at once to which the person went', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    await goAndAccept('#undo');
    await expect.poll(saved).toEqual(['accept, PER Ada', 'undone, PER Ada', 'accept, PER Ada']);
    await untilShown('Bob');
    await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
    await goAndAccept('#done-list button');
    await expect.poll(() => saved().length).toBe(4);
  });

  test('decides nothing while Enter is held down', async () => {
    await open('texts.txt');
    await look();
    await browser.evaluate(`document.querySelector('#sentence').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true }))`);
    await setTimeout(300);
    expect(saved()).toEqual([]);
  });

  test('says that there is nothing to take back', async () => {
    await open('texts.txt');
    await press('u');
    await expect.poll(() => textOf('#saved')).toBe('There is nothing to take back');
    await press('Enter');
    await untilShown('Bob');
    await press('u');
    await expect.poll(() => textOf('#saved')).toBe('Taken back');
  });

  test('says what the sentences around are, where there are some', async () => {
    await open('texts.txt');
    const legends = (): Promise<string[]> =>
      browser.evaluate(`[...document.querySelectorAll('.legend')]
        .filter((legend) => legend.checkVisibility({ visibilityProperty: true })).map(({ textContent }) => textContent)`);
    expect(await legends()).toEqual(['After it in the texts, for context']);
    await press('Enter');
    await untilShown('Bob');
    expect(await legends()).toEqual(['Before it in the texts, for context', 'After it in the texts, for context']);
    const titles = "[...document.querySelectorAll('.neighbour')].map(({ title }) => title)";
    expect(await browser.evaluate(titles)).toEqual([
      expect.stringContaining('before this one in the texts'),
      expect.stringContaining('another one may be asked next'),
    ]);
  });

  test('counts down the random sentences until a score, or says that there are too few', async () => {
    const annotation = await open('many.txt');
    const left = /^(\d+) more random sentences until a score$/;
    expect(await textOf('#score')).toBe('50 more random sentences until a score');
    const { sampled } = await annotation.overview();
    expect(sampled.left).toBeGreaterThan(50);
    for (let index = 0; index < 40; index++) await annotation.accept();
    await expect.poll(() => textOf('#score'), { timeout: 5000 }).not.toBe('50 more random sentences until a score');
    const { accepted } = (await annotation.overview()).sampled;
    expect(left.exec(await textOf('#score'))?.[1]).toBe(`${50 - accepted}`);
    await open('texts.txt');
    expect(await textOf('#score')).toBe('No score: too few sentences');
  });

  test('removes a label that was added by accident and is not used', async () => {
    await open('texts.txt');
    await press('/', ...'perr', 'Enter', 'Enter');
    await untilShown('Bob');
    expect(await browser.evaluate("document.querySelectorAll('.remove-label').length")).toBe(0);
    await press('u');
    await untilShown('Ada, perr');
    await click('[data-remove="perr"]');
    expect(await textOf('#saved')).toBe('perr is used in this sentence');
    await press('1');
    await untilShown('Ada, PER');
    await shoot('removable');
    await click('[data-remove="perr"]');
    await expect.poll(() => textOf('#saved')).toBe('Label perr removed');
    expect(await browser.evaluate(`document.querySelector('[data-label="perr"]')`)).toBe(null);
    await press('Enter');
    await untilShown('Bob');
    expect(await textOf('#labels')).not.toContain('perr');
    expect(saved()).toEqual(['accept, perr Ada', 'undone, perr Ada', 'accept, PER Ada']);
  });

  test('keeps a label that a sentence uses that was begun and left, and its colour', async () => {
    await open('texts.txt');
    await press('/', ...'perr', 'Enter', 'Enter');
    await untilShown('Bob');
    const goBack = async (): Promise<void> => {
      await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
      await click('#done-list button');
      await untilShown('Ada');
    };
    await goBack();
    await press('1', 'Enter');
    await untilShown('Bob');
    await press('/', ...'perr', 'Enter', 'ArrowRight', '/', ...'verb', 'Enter');
    await untilShown(String.raw`Bob, perr \| stayed, verb`);
    const colour = "getComputedStyle(document.querySelector('#token-1')).getPropertyValue('--hue')";
    const before = await browser.evaluate(colour);
    await goBack();
    await click('[data-remove="perr"]');
    expect(await textOf('#saved')).toBe('perr is used in a sentence that is begun: “\u2068Bob stayed .\u2069”');
    await shoot('begun');
    await press('Enter');
    await untilShown(String.raw`Bob, perr \| stayed, verb`);
    expect(await browser.evaluate(colour)).toBe(before);
    await press('Enter');
    await untilShown('Eve');
    expect(saved().at(-1)).toBe('accept, perr Bob, verb stayed');
  });

  test('keeps a short suggestion on one line at 400 pixels, with its label', async () => {
    const people = Array.from({ length: 12 }, (_, index) => `Ad${'a'.repeat(index % 7)}${index} Lovelace`);
    const text = people.map((name, index) => `${'so '.repeat(index % 5)}met ${name}`).join(' ');
    const spans = people.map((name) => {
      const start = text.indexOf(name);
      return { label: 'PER', start, end: start + name.length, text: name, confidence: 0.87 };
    });
    folder.write('suggested.jsonl', `${JSON.stringify({ text, tokens: tokensOf(text), spans })}\n`);
    await open('suggested.jsonl');
    await browser.look(400, 900, 'dark');
    await shoot('suggested-400-dark');
    const lines = await browser.evaluate<number[]>(`[...document.querySelectorAll('.token.first')].map((first) => {
      const rest = [first, first.nextSibling, first.nextSibling.nextSibling];
      return new Set(rest.flatMap((part) => [...part.getClientRects()]).map(({ bottom }) => Math.round(bottom))).size;
    })`);
    expect(lines).toEqual(people.map(() => 1));
    expect(await browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('forgets the words of a search when it is left', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    const searched = (query: string): Promise<string> =>
      browser.evaluate(`document.querySelector(${JSON.stringify(query)}).value`);
    const labels = (): Promise<number> => browser.evaluate("document.querySelectorAll('#labels .label').length");
    await press('/', ...'dise');
    expect(await labels()).toBe(2); // DISEASE, and the new one
    await press('Escape');
    expect([await searched('#search-label'), await labels()]).toEqual(['', 11]);
    await browser.evaluate("document.querySelector('#search-done').focus()");
    await press(...'zzz');
    await expect.poll(() => textOf('#none-done')).toBe('No decided sentence matches.');
    await press('Escape');
    expect(await searched('#search-done')).toBe('');
    await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
    await browser.evaluate("document.querySelector('#search-done').focus()");
    await press(...'zzz');
    await click('#close-done');
    await press('d');
    expect(await searched('#search-done')).toBe('');
    await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
  });

  test('labels by touch: the first word, the last one, a label', async () => {
    await open('texts.txt');
    await browser.tap(await token(0));
    await browser.tap(await token(1));
    await browser.tap(await placeOf('[data-label="PER"]'));
    await untilShown(String.raw`Ada, PER \| Lovelace, PER`);
    await look();
    await browser.tap(await placeOf('#accept'));
    await untilShown('Bob');
    expect(saved()).toEqual(['accept, PER Ada Lovelace']);
  });

  test('undoes changes, then decisions', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    await press('1', 'u');
    await untilShown(String.raw`Bob \|`);
    await press('u');
    await untilShown('Ada, PER');
    await press('x', 'Enter');
    await untilShown('Bob');
    expect(saved()).toEqual(['accept, PER Ada', 'undone, PER Ada', 'accept']);
  });

  test('goes back to what is done, changes it, and goes on', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
    await click('#done-list button');
    await untilShown('Ada, PER');
    expect(await textOf('#hint')).toContain('Accepted before');
    await press('2', 'Enter');
    await untilShown('Bob');
    expect(saved()).toEqual(['accept, PER Ada', 'accept, LOC Ada']);
    expect(await textOf('[data-label="LOC"] .count')).toBe('1');
  });

  test('keeps what was begun on a sentence while the person is at another one', async () => {
    await open('texts.txt');
    await press('Enter');
    await untilShown('Bob');
    await press('1', 'n', 'h', 'm', 'Enter');
    await expect.poll(() => textOf('#done-list')).toContain('Ada Lovelace');
    await click('#done-list button');
    await untilShown('Ada');
    await press('Enter');
    await untilShown('Bob, PER');
    await press('Enter');
    await untilShown('Eve');
    expect(saved()).toEqual(['accept', 'accept', 'accept, PER Bob, (hm)']);
  });

  test('says what is not saved when the server is gone, and goes on when it is there again', async () => {
    const annotation = await open('texts.txt');
    await press('Shift+ArrowRight', '1', 'Enter');
    await untilShown('Bob');
    await press('1');
    await annotation.stop('SIGKILL');
    await press('Enter');
    await expect.poll(() => textOf('#trouble')).toContain('not saved');
    expect(await sentence()).toMatch(/^Bob, PER/);
    await restart(annotation);
    await expect.poll(isTroubleHidden, { timeout: 5000 }).toBe(true); // by itself
    await press('Enter');
    await untilShown('Eve');
    expect(saved()).toEqual(['accept, PER Ada Lovelace', 'accept, PER Bob']);
  });

  test('shows what the server refuses until something else is done', async () => {
    await open('texts.txt');
    await browser.evaluate("document.querySelector('#save-model').click()"); // of which there is none yet
    await expect.poll(() => textOf('#trouble')).toContain('no model has learnt yet');
    await setTimeout(2500); // longer than the page takes to ask the server how the model does
    expect(await isTroubleHidden()).toBe(false);
    await press('Enter');
    await untilShown('Bob');
    expect(await isTroubleHidden()).toBe(true);
  });

  test('chooses between two readings in a review, or takes an edited one', async () => {
    const finding = (id: string, first: string): string =>
      JSON.stringify({
        ...{ id, file: 'c.conll', line: 1, text: `${first} Smith left`, tokens: [first, 'Smith', 'left'], doubt: 0.9 },
        ...{ given: null, suggested: null, spans: [{ label: 'PER', start: 0, end: 1 }] },
        suggestedSpans: [{ label: 'PER', start: 0, end: 2 }],
      });
    folder.write('findings.jsonl', ['Ada', 'Bob', 'Eve', 'Zoe'].map((name) => finding(name, name)).join('\n'));
    await open('--review', 'findings.jsonl');
    await untilShown('Ada, PER');
    await shoot('review');
    expect(await textOf('#review')).toContain('the other reading (doubt 90 %)');
    expect(await textOf('#hint')).toBe('A or B chooses a reading, and Enter accepts what is below.');
    await press('b', 'a', 'Enter');
    await untilShown('Bob');
    await press('b');
    await untilShown(String.raw`Bob, PER \| Smith, PER`); // B alone decides nothing, so that Enter is about this sentence
    expect(await chosen()).toEqual(['B']);
    expect(saved()).toHaveLength(1);
    await press('Enter');
    await untilShown('Eve');
    await press('x');
    expect(await chosen()).toEqual([]);
    await press('u');
    expect(await chosen()).toEqual(['A']);
    await press('x', 'Enter');
    await untilShown('Zoe');
    await click('#review button:nth-child(2)');
    await press('Enter');
    await expect.poll(() => textOf('#finished')).toContain('All is decided');
    expect(saved()).toEqual(['accept, PER Ada', 'accept, PER Bob Smith', 'accept', 'accept, PER Zoe Smith']);
  });

  test('goes with the arrows as the text runs: right to left, and where no spaces are', async () => {
    await open('right.txt');
    await press('ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft', '1');
    await untilShown(String.raw`التقى \| محمد, PER \| بن, PER \| زايد, PER \| الوزير`);
    expect(await textOf('#hint')).toBe('“\u2068محمد بن زايد\u2069”: PER');
    await shoot('right-to-left');
    await press('Enter');
    await untilShown('姚');
    await press('ArrowRight', '2');
    expect(await sentence()).toMatch(/^[^|]+ \| [^|]+, LOC/);
  });

  test('shows 5,000 words, and moves and labels among them at once', async () => {
    await open('long.txt');
    expect(await browser.evaluate("document.querySelectorAll('.token').length")).toBe(5000);
    const milliseconds = await browser.evaluate<number>(`(() => {
      const start = performance.now();
      for (const key of ['ArrowDown', 'ArrowRight', '1'].flatMap((each) => Array(20).fill(each)))
        document.querySelector('#sentence').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return (performance.now() - start) / 60;
    })()`);
    expect(milliseconds).toBeLessThan(100);
    await press('End', '2');
    expect(await sentence()).toMatch(/word4999, LOC$/);
    await press('Home');
    const isVisible = "document.querySelector('#token-0').getBoundingClientRect().top >= 0";
    expect(await browser.evaluate(isVisible)).toBe(true);
  });

  test('names words, what they are, and what has happened to those who hear it', async () => {
    await open('texts.txt');
    expect(await browser.evaluate("document.activeElement.getAttribute('role')")).toBe('listbox');
    await press('1');
    expect(await textOf('#live')).toBe('Ada: PER');
    expect(await browser.evaluate("document.activeElement.getAttribute('aria-activedescendant')")).toBe('token-0');
    await press('Enter');
    await untilShown('Bob');
    expect(await textOf('#live')).toMatch(/^Accepted with 1 name, saved\. Bob stayed \./);
    const unnamed = `[...document.querySelectorAll('button, input')].filter((element) => element.checkVisibility() &&
      !(element.textContent.trim() || element.labels?.length || element.ariaLabel)).map((element) => element.id)`;
    expect(await browser.evaluate(unnamed)).toEqual([]);
  });

  test.each([
    [400, 'light'],
    [400, 'dark'],
    [1280, 'dark'],
    [2560, 'light'],
  ] as const)('fits in %i pixels, %s, and text stands out', async (width, scheme) => {
    await open('texts.txt');
    await press('Shift+ArrowRight', '1');
    await browser.look(width, 900, scheme);
    await shoot(`${width}-${scheme}`);
    expect(await browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const contrasts = await browser.evaluate<number[]>(CONTRASTS);
    expect(Math.min(...contrasts)).toBeGreaterThan(4.5);
  });

  test.each([1120, 1280])('has one line above the work at %i pixels, with long figures too', async (width) => {
    await open('texts.txt');
    await browser.look(width, 900, 'light');
    const height = 'document.querySelector("header").offsetHeight';
    const before = await browser.evaluate(height);
    await browser.evaluate(`for (const [id, text] of [
      ['progress', '1,234 accepted, 12 skipped, 3,754 left'],
      ['model', 'Model 12, from 1,111 sentences, learning …'],
      ['score', 'F1 78.4 (72.1 to 84.0); 100 more may bring 1.2'],
    ]) document.getElementById(id).textContent = text;
    document.querySelector('#save-model').hidden = false;
    document.querySelector('#curve').removeAttribute('hidden')`);
    expect(await browser.evaluate(height)).toBe(before);
    expect(await browser.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('leaves buttons where they are at 400 pixels when it says what has happened', async () => {
    await open('texts.txt');
    await browser.look(400, 900, 'light');
    const before = await placeOf('#accept');
    await press('Enter');
    await untilShown('Bob');
    expect(await textOf('#saved')).not.toBe('');
    expect(await placeOf('#accept')).toEqual(before);
  });

  test('shows its keys', async () => {
    await open('texts.txt');
    await press('?');
    expect(await browser.evaluate("document.querySelector('#keys').open")).toBe(true);
    await shoot('keys');
    await press('Enter');
    await expect.poll(() => browser.evaluate("document.querySelector('#keys').open")).toBe(false);
    await press('?', '?');
    await expect.poll(() => browser.evaluate("document.querySelector('#keys').open")).toBe(false);
    expect(saved()).toEqual([]);
  });

  test('says whether nothing is decided yet, or nothing that is decided matches a search', async () => {
    await open('texts.txt');
    const search = (words: string): Promise<unknown> =>
      browser.evaluate(`{
        const field = document.querySelector('#search-done');
        field.value = ${JSON.stringify(words)};
        field.dispatchEvent(new Event('input'));
      }`);
    await search('');
    await expect.poll(() => textOf('#none-done')).toMatch(/^Nothing yet/);
    await search('zzz');
    await expect.poll(() => textOf('#none-done')).toBe('No decided sentence matches.');
  });

  test('asks its own server alone', async () => {
    await open('texts.txt');
    await press('1', 'Enter');
    await untilShown('Bob');
    const names = await browser.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin)",
    );
    expect(new Set(names)).toEqual(new Set([await browser.evaluate('location.origin')]));
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
