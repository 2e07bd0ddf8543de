import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment, type TreeAdapter } from 'parse5';
import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import type { TextRange } from '../text/sentence.js';
import type { OffsetUnit } from './format.js';
import { isHidden, isText, leftOutOf } from './html-left-out.js';
import { splitsCharacter } from './text-spans.js';

/**
 * The text of an HTML page, and how Label Studio counts it: by characters of text nodes as they are written, entities decoded,
 * with one more for each `<br>`. Characters are code points or, in what other programs write, UTF-16 units.
 */
export interface HtmlText {
  /**
   * The text as a browser shows it: white space is one space, except in `<pre>`; blocks stand on lines of their own, paragraphs
   * with an empty line between them; what is not shown, as in `<style>` and elements with the attribute `hidden`, is left out.
   */
  readonly text: string;
  /** Returns what the page holds that is not shown as text and that may be text, a phrase each. */
  leftOut(): string[];
  /**
   * Returns the part of `text` that a counted range shows, without white space around it; undefined if it shows nothing, or half a
   * character.
   */
  shownRange(start: number, end: number): TextRange | undefined;
  /** Returns the count at which a node begins, by its path, as in `/p[1]/text()[1]`; undefined if there is no such node. */
  countAt(path: string): number | undefined;
}

/**
 * How Label Studio shows HTML: as a page of its own, of whose text only the body counts, or inside its own page, where nothing is
 * taken for a head.
 */
export type HtmlPlace = 'page' | 'inline';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/**
 * Reads HTML as browsers do, after Label Studio has removed scripts and comments.
 *
 * @throws {UserError} if elements are nested deeper than 512, where browsers stop too, or number over a million; exit code 3
 */
export function readHtml(html: string, shownAs: HtmlPlace, place: string, unit: OffsetUnit = 'codepoints'): HtmlText {
  const whole = shownAs === 'page' ? parse(html, boundedBy(place)) : parseFragment(html, boundedBy(place));
  const root = bodyOf(whole);
  const page = new ShownText(unit);
  const countOf = new Map<Node, number>();
  const childrenIn = new Map<Parent, readonly Node[]>();
  const open: { readonly element: Parent; readonly children: readonly Node[]; next: number }[] = [];
  const enter = (element: Parent): void => {
    const children = childrenOf(element);
    childrenIn.set(element, children);
    page.separate(separatorOf(element.nodeName));
    open.push({ element, children, next: 0 });
  };
  let hidden = 0;
  let preformatted = 0;
  enter(root);
  for (let inner = open.at(-1); inner; inner = open.at(-1)) {
    const node = inner.children[inner.next++];
    if (!node) {
      const name = inner.element.nodeName;
      if (isHidden(inner.element)) hidden--;
      if (name === 'pre') preformatted--;
      page.separate(separatorOf(name));
      open.pop();
      continue;
    }
    countOf.set(node, page.count);
    if (isText(node)) {
      page.add(node.value, hidden > 0 ? 'hidden' : preformatted > 0 ? 'as it is' : 'as one line');
    } else if (node.nodeName === 'br') page.breakLine();
    else if ('childNodes' in node) {
      if (isHidden(node)) hidden++;
      if (node.nodeName === 'pre') preformatted++;
      enter(node);
    }
  }
  return {
    text: page.text,
    leftOut: () => leftOutOf(whole),
    shownRange: (start, end) => page.shownRange(start, end),
    countAt(path) {
      let children: readonly Node[] = childrenIn.get(root) ?? [];
      let found: Node | undefined;
      for (const segment of path.replace(/^\.?\//, '').split('/')) {
        const step = stepOf(segment);
        found = step && children.filter(({ nodeName }) => nodeName === step.name)[step.number - 1];
        if (!found) return undefined;
        children = ('childNodes' in found && childrenIn.get(found)) || [];
      }
      return found && countOf.get(found);
    },
  };
}

/** White space between what blocks and cells show, from the weakest; a stronger one replaces a weaker one. */
const SEPARATORS = ['', ' ', '\t', '\n', '\n\n'] as const;
type Separator = 0 | 1 | 2 | 3 | 4;
const [SPACE, CELL, LINE, PARAGRAPH] = [1, 2, 3, 4] as const;

const PARAGRAPHS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table hr figure fieldset section article header footer main nav aside'.split(
    ' ',
  ),
);
const LINES = new Set(
  'div li dt dd tr caption thead tbody tfoot figcaption address form legend details summary center'.split(' '),
);
const CELLS = new Set(['td', 'th']);
/** Elements that Label Studio removes. */
const REMOVED = new Set(['script', 'iframe', '#comment', '#documentType']);

function separatorOf(name: string): Separator {
  if (PARAGRAPHS.has(name)) return PARAGRAPH;
  if (LINES.has(name)) return LINE;
  return CELLS.has(name) ? CELL : 0;
}

/** Gathers the text that is shown, and where each counted character is shown. */
class ShownText {
  #text = '';
  #separator: Separator = 0;
  readonly #unit: OffsetUnit;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get text(): string {
    return this.#text;
  }

  constructor(unit: OffsetUnit) {
    this.#unit = unit;
  }

  /** The number of characters counted so far. */
  get count(): number {
    return this.#starts.length;
  }

  separate(separator: Separator): void {
    if (this.#text !== '' && separator > this.#separator) this.#separator = separator;
  }

  breakLine(): void {
    this.#countHidden();
    this.separate(this.#separator >= LINE ? PARAGRAPH : LINE);
  }

  add(text: string, how: 'as it is' | 'as one line' | 'hidden'): void {
    for (const character of this.#unit === 'utf16' ? text.split('') : text) {
      if (how === 'hidden') this.#countHidden();
      else if (how === 'as one line' && /[\t\n\f\r ]/.test(character)) {
        this.#countHidden();
        this.separate(SPACE);
      } else this.#show(character);
    }
  }

  #countHidden(): void {
    this.#starts.push(this.#text.length);
    this.#ends.push(this.#text.length);
  }

  #show(character: string): void {
    this.#text += SEPARATORS[this.#separator];
    this.#separator = 0;
    this.#starts.push(this.#text.length);
    this.#text += character;
    this.#ends.push(this.#text.length);
  }

  shownRange(start: number, end: number): TextRange | undefined {
    if (!(start < end && end <= this.count)) return undefined;
    const shown = this.#text.slice(at(this.#starts, start), at(this.#ends, end - 1));
    const trimmed = shown.trim();
    if (trimmed === '') return undefined;
    const from = at(this.#starts, start) + shown.indexOf(trimmed);
    const to = from + trimmed.length;
    return splitsCharacter(this.#text, from) || splitsCharacter(this.#text, to) ? undefined : { start: from, end: to };
  }
}

/** Returns the body of a page; what has none is taken whole. */
function bodyOf(page: Parent): Parent {
  const html = page.childNodes.find((node) => node.nodeName === 'html');
  const body = html && 'childNodes' in html ? html.childNodes.find((node) => node.nodeName === 'body') : undefined;
  return body && 'childNodes' in body ? body : page;
}

/** Returns the children that Label Studio leaves; pieces of text that a removed node had separated are one. */
function childrenOf({ childNodes }: Parent): Node[] {
  const children: Node[] = [];
  for (const node of childNodes) {
    if (REMOVED.has(node.nodeName)) continue;
    const last = children.at(-1);
    if (!isText(node)) children.push(node);
    else if (last && isText(last)) children.splice(-1, 1, { ...last, value: last.value + node.value });
    else children.push(node);
  }
  return children;
}

/** Returns the step of a path that leads to a node: its name, and its number among the siblings of that name, from 1. */
function stepOf(segment: string): { readonly name: string; readonly number: number } | undefined {
  const [, name, number = '1'] = /^([a-z][\w:-]*|text\(\))(?:\[(\d+)\])?$/i.exec(segment) ?? [];
  return name === undefined
    ? undefined
    : { name: name === 'text()' ? '#text' : name.toLowerCase(), number: Number(number) };
}

/** Browsers nest elements no deeper; without a bound, a hostile page takes time that grows with the square of its size. */
const DEEPEST = 512;
const MOST_ELEMENTS = 1_000_000;

/** Returns options of the parser with which a page of too many elements, or too deep ones, is refused. */
function boundedBy(place: string): {
  readonly treeAdapter: TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>;
} {
  let depth = 0;
  let count = 0;
  return {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(...element) {
        if (++count > MOST_ELEMENTS) throw badInput(`${place}: the HTML has over a million elements`, 'no page has');
        return defaultTreeAdapter.createElement(...element);
      },
      onItemPush() {
        if (++depth > DEEPEST)
          throw badInput(`${place}: the HTML is nested deeper than ${DEEPEST} elements`, 'are all elements closed?');
      },
      onItemPop() {
        depth--;
      },
    },
  };
}
