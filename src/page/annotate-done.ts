import type { DoneSentence } from '../annotation/protocol.js';
import { elementOf } from './annotate-labels.js';
import { server } from './annotate-server.js';
import { element } from './annotate-status.js';

/** How many sentences are listed at once. */
const MOST = 50;

/** What the list says while it is empty, without and with a search. */
const NOTHING_DECIDED = 'Nothing yet. What is decided is listed here, to go back and change it.';
const NOTHING_FOUND = 'No decided sentence matches.';

/** The width of the window from which the list has a place of its own beside the sentence, in pixels. */
const WIDE = '(min-width: 70rem)';

/** The list of what is done, in which one can go back. */
export class DoneList {
  readonly #panel = element('done');
  readonly #list = element<HTMLOListElement>('done-list');
  readonly #search = element<HTMLInputElement>('search-done');
  readonly #more = element('more-done');
  readonly #toggle = element('open-done');
  readonly #isWide = matchMedia(WIDE);
  readonly #hueOf: (label: string) => number;
  readonly #onFailure: (error: unknown) => void;
  #count = 0;

  constructor(
    hueOf: (label: string) => number,
    onChoose: (id: string | number) => void,
    onFailure: (error: unknown) => void,
  ) {
    this.#hueOf = hueOf;
    this.#onFailure = onFailure;
    this.#search.addEventListener('input', () => void this.refresh());
    this.#more.addEventListener('click', () => void this.#load(this.#count));
    this.#toggle.addEventListener('click', () => this.toggle());
    element('close-done').addEventListener('click', () => this.close());
    this.#list.addEventListener('click', (event) => {
      const id = (event.target as Element).closest('button')?.dataset.id;
      if (id === undefined) return;
      if (!this.#isWide.matches) this.close();
      onChoose(JSON.parse(id));
    });
    this.#isWide.addEventListener('change', () => this.#open(this.#isWide.matches));
    this.#open(this.#isWide.matches);
  }

  get isOpen(): boolean {
    return !this.#panel.hidden;
  }

  toggle(): void {
    this.#open(!this.isOpen);
    if (this.isOpen) this.#search.focus();
  }

  close(): void {
    this.#open(false);
  }

  /** Loads the list again, if it is open. */
  async refresh(): Promise<void> {
    if (this.isOpen) await this.#load(0);
  }

  #open(isOpen: boolean): void {
    this.#panel.hidden = !isOpen;
    if (!isOpen) this.#search.value = '';
    this.#toggle.setAttribute('aria-expanded', `${isOpen}`);
    void this.refresh();
  }

  async #load(from: number): Promise<void> {
    try {
      const { sentences, count } = await server.done(from, MOST, this.#search.value);
      const items = sentences.map((sentence) => this.#item(sentence));
      element('none-done').hidden = count > 0;
      element('none-done').textContent = this.#search.value === '' ? NOTHING_DECIDED : NOTHING_FOUND;
      if (from === 0) this.#list.replaceChildren(...items);
      else this.#list.append(...items);
      this.#count = from + sentences.length;
      this.#list.start = count;
      this.#more.hidden = this.#count >= count;
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #item({ id, text, answer, labels, note }: DoneSentence): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.id = JSON.stringify(id);
    const words = elementOf('span', text, 'done-text');
    words.dir = 'auto';
    button.append(words);
    if (answer === 'skip') button.append(elementOf('em', 'skipped'));
    for (const label of [...new Set(labels)]) {
      const mark = elementOf('b', label);
      mark.style.setProperty('--hue', `${this.#hueOf(label)}`);
      button.append(mark);
    }
    if (note !== undefined) button.append(elementOf('span', note, 'done-note'));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }
}
