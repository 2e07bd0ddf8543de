import type { ShownSentence, ShownSpan } from '../annotation/protocol.js';
import type { Selection, TokenRange } from './annotate-spans.js';

/**
 * The length up to which an entity stands on one line, and a last word with its label, in UTF-16 units: so much fits on a narrow
 * screen.
 */
const SHORT = 20;

/** What the person does with the words of a sentence. */
export interface SentenceListener {
  /** Other words are selected. */
  onSelect(): void;
}

/** The words of a sentence with their entities, of which some are selected. */
export class SentenceView {
  readonly #element: HTMLElement;
  readonly #listener: SentenceListener;
  #hueOf: (label: string) => number = () => 0;
  #tokens: HTMLElement[] = [];
  /** What stands before each token: white space, or nothing. */
  #gaps: HTMLElement[] = [];
  /** The entity at each token. */
  #spans: (ShownSpan | undefined)[] = [];
  /** The entities that stand on one line each. */
  #short = new Set<ShownSpan>();
  /** How each token was drawn, so that only what changes is drawn again. */
  #drawn: string[] = [];
  #anchor = 0;
  #cursor = 0;
  /** Whether words are selected; else the cursor alone is shown. */
  #isSelecting = false;
  #isPointed = false;
  #isDragging = false;

  constructor(element: HTMLElement, listener: SentenceListener) {
    this.#element = element;
    this.#listener = listener;
    element.addEventListener('pointerdown', (event) => this.#press(event));
    element.addEventListener('pointermove', (event) => this.#drag(event));
    for (const type of ['pointerup', 'pointercancel']) element.addEventListener(type, () => this.#release());
  }

  /** Shows another sentence, with nothing selected. */
  show({ text, tokens }: ShownSentence, spans: readonly ShownSpan[], hueOf: (label: string) => number): void {
    this.#hueOf = hueOf;
    this.#drawn = [];
    this.#tokens = [];
    this.#gaps = [];
    const fragment = document.createDocumentFragment();
    let position = 0;
    for (const [index, [start, end]] of tokens.entries()) {
      const gap = document.createElement('span');
      gap.className = 'gap';
      gap.setAttribute('role', 'presentation');
      gap.textContent = text.slice(position, start);
      const token = document.createElement('span');
      token.className = 'token';
      token.id = `token-${index}`;
      token.setAttribute('role', 'option');
      token.dataset.index = `${index}`;
      token.textContent = text.slice(start, end);
      this.#gaps.push(gap);
      this.#tokens.push(token);
      fragment.append(gap, token);
      position = end;
    }
    this.#element.replaceChildren(fragment);
    this.#element.scrollTop = 0;
    this.#move(0, false);
    this.#isSelecting = false;
    this.#isPointed = false;
    this.mark(spans);
  }

  clear(): void {
    this.#tokens = [];
    this.#element.replaceChildren();
    this.#element.removeAttribute('aria-activedescendant');
  }

  /** Shows other entities in the same sentence. */
  mark(spans: readonly ShownSpan[]): void {
    this.#spans = [];
    for (const span of spans) for (let index = span.start; index < span.end; index++) this.#spans[index] = span;
    this.#short = new Set(spans.filter((span) => this.textOf(span).length <= SHORT));
    this.#draw();
  }

  /** The selected words, or the one at the cursor; undefined if there is no sentence. */
  get selected(): Selection | undefined {
    if (this.#tokens.length === 0) return undefined;
    const [start, last] = [Math.min(this.#anchor, this.#cursor), Math.max(this.#anchor, this.#cursor)];
    return { start, end: last + 1, isCursor: !this.#isSelecting };
  }

  /** Selects nothing, and leaves the cursor where it is, or at a token. */
  unselect(at = this.#cursor): void {
    this.#move(at, false);
    this.#isSelecting = false;
    this.#draw();
  }

  /** Whether the person has moved to words of this sentence. */
  get isPointed(): boolean {
    return this.#isPointed;
  }

  focus(): void {
    this.#element.focus({ preventScroll: true });
  }

  /** Returns the words of a range, as a person reads them. */
  textOf({ start, end }: TokenRange): string {
    return this.#tokens
      .slice(start, end)
      .map((token, index) => (index > 0 ? (this.#gaps[start + index]?.textContent ?? '') : '') + wordOf(token))
      .join('');
  }

  /** Moves the cursor by an arrow key or another; tells whether the key does that. */
  moveBy(key: string, extends_: boolean): boolean {
    const to = this.#placeFor(key);
    if (to === undefined) return false;
    this.#move(Math.max(0, Math.min(this.#tokens.length - 1, to)), extends_);
    this.#isSelecting = extends_;
    this.#isPointed = true;
    this.#draw();
    this.#tokens[this.#cursor]?.scrollIntoView({ block: 'nearest' });
    this.#listener.onSelect();
    return true;
  }

  #placeFor(key: string): number | undefined {
    const isRightToLeft = getComputedStyle(this.#element).direction === 'rtl';
    if (key === 'ArrowRight') return this.#cursor + (isRightToLeft ? -1 : 1);
    if (key === 'ArrowLeft') return this.#cursor + (isRightToLeft ? 1 : -1);
    if (key === 'ArrowDown') return this.#onOtherLine(1);
    if (key === 'ArrowUp') return this.#onOtherLine(-1);
    if (key === 'Home') return 0;
    if (key === 'End') return this.#tokens.length - 1;
    return undefined;
  }

  /** Returns the token of the next or previous line that is nearest to the cursor. */
  #onOtherLine(step: 1 | -1): number {
    const own = this.#tokens[this.#cursor]?.getBoundingClientRect();
    if (!own) return 0;
    let best = this.#cursor;
    let least = Number.POSITIVE_INFINITY;
    let line: number | undefined;
    for (let index = this.#cursor + step; ; index += step) {
      const rectangle = this.#tokens[index]?.getBoundingClientRect();
      if (!rectangle) break;
      const isOwnLine = Math.abs(rectangle.top - own.top) < own.height / 2;
      if (isOwnLine) continue;
      line ??= rectangle.top;
      if (Math.abs(rectangle.top - line) >= own.height / 2) break;
      const distance = Math.abs((rectangle.left + rectangle.right - own.left - own.right) / 2);
      if (distance >= least) continue;
      least = distance;
      best = index;
    }
    return best;
  }

  #move(to: number, extends_: boolean): void {
    this.#cursor = to;
    if (!extends_) this.#anchor = to;
    this.#element.setAttribute('aria-activedescendant', `token-${to}`);
  }

  #press(event: PointerEvent): void {
    const index = tokenOf(event.target);
    if (index === undefined || event.button !== 0) return;
    if (event.pointerType === 'mouse') event.preventDefault(); // selects no text
    this.focus();
    // By touch, which scrolls when it drags, the second tap ends what the first one began, in an entity or in none.
    const isSecondTap =
      event.pointerType === 'touch' &&
      this.#isSelecting &&
      index !== this.#anchor &&
      (!this.#spans[this.#anchor] || this.#spans[this.#anchor] === this.#spans[index]);
    this.#move(index, event.shiftKey || isSecondTap);
    this.#isSelecting = true;
    this.#isPointed = true;
    this.#isDragging = event.pointerType !== 'touch';
    this.#draw();
    this.#listener.onSelect();
  }

  #drag(event: PointerEvent): void {
    if (!this.#isDragging) return;
    const index = tokenOf(document.elementFromPoint(event.clientX, event.clientY));
    if (index === undefined || index === this.#cursor) return;
    this.#move(index, true);
    this.#draw();
    this.#listener.onSelect();
  }

  #release(): void {
    this.#isDragging = false;
  }

  #draw(): void {
    const selected = this.selected;
    for (const [index, token] of this.#tokens.entries()) {
      const span = this.#spans[index];
      const isSelected = this.#isSelecting && selected !== undefined && index >= selected.start && index < selected.end;
      const isFirst = index === span?.start;
      const isLast = index === (span?.end ?? 0) - 1;
      const isUnbroken = span !== undefined && !isFirst && this.#short.has(span);
      const state = [
        ...[span?.label, span && this.#hueOf(span.label), span?.isSuggestion, span?.confidence, isFirst, isLast],
        ...[isUnbroken, isSelected, index === this.#cursor, isSelected && index > (selected?.start ?? 0)],
      ].join('\t');
      if (this.#drawn[index] === state) continue;
      this.#drawn[index] = state;
      drawToken(token, this.#gaps[index], span, { isFirst, isLast }, this.#hueOf);
      this.#gaps[index]?.classList.toggle('unbroken', isUnbroken);
      token.classList.toggle('selected', isSelected);
      token.classList.toggle('cursor', index === this.#cursor);
      token.setAttribute('aria-selected', `${isSelected}`);
      this.#gaps[index]?.classList.toggle('selected', isSelected && index > (selected?.start ?? 0));
    }
  }
}

/** Draws a token, and what stands before it, as a part of an entity or of none. */
function drawToken(
  token: HTMLElement,
  gap: HTMLElement | undefined,
  span: ShownSpan | undefined,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
  hueOf: (label: string) => number,
): void {
  token.querySelector('b')?.remove();
  token.classList.toggle('first', isFirst);
  token.classList.toggle('last', isLast);
  token.classList.toggle('unbroken', isLast && wordOf(token).length <= SHORT);
  for (const element of [token, gap]) {
    const isIn = span !== undefined && (element === token || !isFirst);
    element?.classList.toggle('in', isIn);
    element?.classList.toggle('suggested', isIn && span?.isSuggestion === true);
    if (isIn) element?.style.setProperty('--hue', `${hueOf(span.label)}`);
  }
  const word = wordOf(token);
  token.setAttribute('aria-label', span ? `${word}, ${describe(span)}` : word);
  if (!isLast || !span) return;
  const name = document.createElement('b');
  name.className = 'name';
  name.dir = 'ltr';
  name.textContent = span.label;
  if (span.isSuggestion && span.confidence !== undefined) {
    const confidence = document.createElement('i');
    confidence.textContent = `${Math.round(100 * span.confidence)} %`;
    name.append(confidence);
  }
  token.append(name);
}

/** Describes an entity for those who hear the page. */
export function describe({ label, isSuggestion, confidence }: ShownSpan): string {
  if (!isSuggestion) return label;
  return confidence === undefined
    ? `${label}, suggested`
    : `${label}, suggested with confidence ${Math.round(100 * confidence)} %`;
}

function wordOf(token: HTMLElement): string {
  return token.firstChild?.textContent ?? '';
}

function tokenOf(target: EventTarget | null): number | undefined {
  const index = target instanceof Element ? target.closest<HTMLElement>('.token')?.dataset.index : undefined;
  return index === undefined ? undefined : Number(index);
}
