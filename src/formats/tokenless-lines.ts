import { counted, grouped } from '../text/counts.js';
import { type NamedTags, UNKNOWN_TAG } from '../text/possible-labels.js';
import { quote } from '../text/quote.js';
import { EMPTY_COLUMN } from './conll-layout.js';
import type { Report } from './format.js';

/** A line of CoNLL-U that is no token: a range of tokens that are written as one word, or an empty node. */
export interface TokenlessLine {
  /** Number of the line in the file, from 1. */
  readonly line: number;
  /** What stands in place of a token's number: `1-2` for a range, `1.1` for an empty node. */
  readonly name: string;
  /** What stands in place of a token's tag. */
  readonly tag: string;
}

/**
 * Returns whether the line says of its range or empty node that it is an entity, or has a plain tag. What holds `=` is no tag but a
 * key with its value, as `SpaceAfter=No`.
 */
export function isLabelled({ tag }: TokenlessLine, { outside, unknownTag }: NamedTags): boolean {
  return !EMPTY_COLUMN.test(tag) && !tag.includes('=') && ![outside, 'O', UNKNOWN_TAG, unknownTag].includes(tag);
}

/** Describes a line with a tag of which nothing is learnt. */
export function describeLabelled({ name, tag }: TokenlessLine): string {
  const what = isRange(name) ? 'range of tokens' : 'empty node';
  return `the tag ${quote(tag)} of the ${what} ${quote(name)} is left out: only tokens have tags`;
}

/** Notes the lines of a file that are no tokens. */
export class TokenlessLines {
  readonly #named: NamedTags;
  #firstRange: TokenlessLine | undefined;
  #ranges = 0;
  #firstEmptyNode: TokenlessLine | undefined;
  #emptyNodes = 0;
  #firstLabelled: TokenlessLine | undefined;
  #labelled = 0;

  constructor(named: NamedTags) {
    this.#named = named;
  }

  take(line: TokenlessLine): void {
    if (isRange(line.name)) {
      this.#firstRange ??= line;
      this.#ranges++;
    } else {
      this.#firstEmptyNode ??= line;
      this.#emptyNodes++;
    }
    if (!isLabelled(line, this.#named)) return;
    this.#firstLabelled ??= line;
    this.#labelled++;
  }

  /** Returns how many there are of each kind and where the first stands, as in `2 ranges of tokens (first "1-2" in line 3)`. */
  describe(): string[] {
    return [
      describeKind(this.#firstRange, this.#ranges, this.#ranges === 1 ? 'range of tokens' : 'ranges of tokens'),
      describeKind(this.#firstEmptyNode, this.#emptyNodes, this.#emptyNodes === 1 ? 'empty node' : 'empty nodes'),
    ].filter((each) => each !== '');
  }

  /** Reports in one issue the tags that no token has. */
  reportLabelled(source: string, report: Report): void {
    if (!this.#firstLabelled) return;
    const more = this.#labelled - 1;
    const what = `${describeLabelled(this.#firstLabelled)}${more > 0 ? `; so are those of ${counted(more, 'line')} like it` : ''}`;
    report({ kind: 'left out', place: `${source}:${this.#firstLabelled.line}`, what });
  }
}

function isRange(name: string): boolean {
  return name.includes('-');
}

function describeKind(first: TokenlessLine | undefined, count: number, title: string): string {
  if (!first) return '';
  return `${grouped(count)} ${title} (${count === 1 ? '' : 'first '}${quote(first.name)} in line ${first.line})`;
}
