import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { Annotation, killAnnotations } from './annotation.js';
import { BROWSER } from './browser.js';
import { BrowserSession } from './browser-session.js';
import { Folder } from './cli.js';

const LABELS = 'PER,LOC,ORG,DATE,TIME,MONEY,LAW,EVENT,WORK,DRUG,DISEASE';

/** The page of `rnn annotate` in a browser, for the tests of one file. */
export class AnnotationPage {
  /** Holds `texts.txt`, three sentences to label. */
  readonly folder = new Folder();
  readonly #started: Annotation[] = [];
  #browser: BrowserSession | undefined;
  #count = 0;

  constructor() {
    this.folder.write('texts.txt', 'Ada Lovelace left Paris .\nBob stayed .\nEve met Ada in New York .\n');
    beforeAll(async () => {
      if (BROWSER !== undefined) this.#browser = await BrowserSession.open();
    });
    afterAll(async () => {
      killAnnotations();
      await this.#browser?.close();
    });
    afterEach(async () => {
      for (const annotation of this.#started.splice(0)) await annotation.stop('SIGKILL').catch(() => null);
    });
  }

  get browser(): BrowserSession {
    if (!this.#browser) throw new Error('there is no browser, or no test has begun');
    return this.#browser;
  }

  /** Opens the page on some texts, in their order. */
  async open(...args: string[]): Promise<Annotation> {
    const output = ['-o', `decisions-${++this.#count}.jsonl`];
    const isReview = args[0] === '--review';
    const all = isReview ? [...args, ...output] : [...args, '--labels', LABELS, '--order', 'given', ...output];
    const annotation = await Annotation.start(this.folder, all);
    this.#started.push(annotation);
    await this.browser.look(1280, 800, 'light');
    await this.browser.call('Page.navigate', { url: annotation.url });
    await expect.poll(() => this.sentence()).not.toBe('');
    return annotation;
  }

  /** Starts the same work on `texts.txt` again at the same address. */
  async restart({ url }: Annotation): Promise<void> {
    const args = ['texts.txt', '--labels', LABELS, '--order', 'given', '-o', `decisions-${this.#count}.jsonl`];
    this.#started.push(await Annotation.start(this.folder, [...args, '--port', new URL(url).port]));
  }

  /** The words of the sentence on the screen, each with its label. */
  sentence(): Promise<string> {
    return this.browser.evaluate(`[...document.querySelectorAll('.token')]
      .map((token) => token.getAttribute('aria-label')).join(' | ')`);
  }

  /** Waits until the sentence on the screen begins with some words, a regular expression. */
  async untilShown(words: string): Promise<void> {
    await expect.poll(() => this.sentence(), { timeout: 10_000 }).toMatch(new RegExp(`^${words}`));
  }

  textOf(query: string): Promise<string> {
    return this.browser.evaluate(`document.querySelector(${JSON.stringify(query)}).textContent`);
  }

  /** The middle of an element. */
  placeOf(query: string): Promise<{ x: number; y: number }> {
    return this.browser.evaluate(`(({ left, right, top, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 }))(
      document.querySelector(${JSON.stringify(query)}).getClientRects()[0])`);
  }

  /** The middle of a word of the sentence. */
  token(index: number): Promise<{ x: number; y: number }> {
    return this.placeOf(`#token-${index}`);
  }

  async click(query: string): Promise<void> {
    await this.browser.drag(await this.placeOf(query));
  }

  /** Waits as long as a person looks at a sentence at least before accepting it. */
  look(): Promise<void> {
    return setTimeout(400);
  }

  /** Presses keys, and looks at the sentence before each Enter. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (key === 'Enter') await this.look();
      const shift = key.startsWith('Shift+');
      await this.browser.press(shift ? key.slice(6) : key, { shift });
    }
  }

  /** The entities of each decision in the file, as texts. */
  saved(): string[] {
    const lines = this.folder.read(`decisions-${this.#count}.jsonl`).split('\n').filter(Boolean);
    return lines.map((line) => {
      const { answer, spans, note, undone } = JSON.parse(line);
      const entities = spans.map(({ label, text }: { label: string; text: string }) => `${label} ${text}`);
      return [undone ? 'undone' : answer, ...entities, ...(note === undefined ? [] : [`(${note})`])].join(', ');
    });
  }

  /** Keeps a picture to look at, where a folder for them is named. */
  async shoot(name: string): Promise<void> {
    const place = process.env.SCREENSHOTS;
    if (place !== undefined) writeFileSync(join(place, `${name}.png`), await this.browser.screenshot());
  }
}
