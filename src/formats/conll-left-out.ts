import { shortened } from '../text/quote.js';
import { type ConllLayout, EMPTY_COLUMN, isTagPair, NAMED_COLUMNS } from './conll-layout.js';
import type { Report } from './format.js';

/** Matches a comment that only opens a document. */
const NEW_DOCUMENT = /^# newdoc\s*$/;
const SENTENCE_NUMBER = /^# sent_id = (\d+)\s*$/;
/** Tells whether a space follows a token, which the text of a sentence shows as well. */
const SPACE_AFTER = 'SpaceAfter';
/** The number of keys, and of comments, that are told apart, and how much of each is told. */
const MOST_NAMES = 20;
const LONGEST_NAME = 40;

/** Notes what conversion loses of a file in columns: columns, pairs in the column of the tag, and comments. */
export class ConllLeftOut {
  readonly #columns = new Set<number>();
  readonly #keys = new Set<string>();
  readonly #comments = new Set<string>();

  /** Whether a column, counted from 1, has been noted. */
  hasColumn(column: number): boolean {
    return this.#columns.has(column);
  }

  addColumn(column: number): void {
    this.#columns.add(column);
  }

  /**
   * Notes what is not read of the columns of a token's line and holds something.
   *
   * @param hasText whether the text of the sentence is known
   */
  takeLine(columns: readonly string[], layout: ConllLayout, hasText: boolean): void {
    const tagColumn = layout.tagColumn ?? columns.length;
    for (const [index, value] of columns.entries()) {
      const column = index + 1;
      const isRead = column === layout.tokenColumn || column === tagColumn || (layout.isNumbered && index === 0);
      if (!isRead && !EMPTY_COLUMN.test(value)) this.addColumn(column);
    }
    if (layout.hasPairs) this.#takePairs(columns[tagColumn - 1] ?? '', hasText);
  }

  /**
   * Notes a comment, unless it says nothing that is not known without it.
   *
   * @param line the line of a comment other than the text of the sentence
   * @param sentence the number of the sentence in the file, from 1, which writers use as its `sent_id`
   */
  takeComment(line: string, sentence: number): void {
    if (NEW_DOCUMENT.test(line) || NAMED_COLUMNS.test(line)) return;
    if (SENTENCE_NUMBER.exec(line)?.[1] === String(sentence)) return;
    const [name = ''] = line.slice(1).split('=', 1);
    addName(this.#comments, name);
  }

  /**
   * Reports all that was noted in one issue.
   *
   * @param others descriptions of what is left out besides
   */
  report(source: string, others: readonly string[], report: Report): void {
    const columns = [...this.#columns].sort((a, b) => a - b).map(String);
    const leftOut = [
      listed('column', columns),
      listed('key', namesOf(this.#keys)),
      listed('comment', namesOf(this.#comments)),
      ...others,
    ];
    const what = leftOut.filter((each) => each !== '').join('; ');
    if (what === '') return;
    report({ kind: 'left out', place: `${source}:1`, what: `tokens and tags are converted; left out: ${what}` });
  }

  #takePairs(column: string, hasText: boolean): void {
    if (EMPTY_COLUMN.test(column)) return;
    const pairs = column.split('|');
    const tag = pairs.findIndex(isTagPair);
    for (const [index, pair] of pairs.entries()) {
      const [key = ''] = pair.split('=', 1);
      if (index !== tag && !(hasText && key === SPACE_AFTER)) addName(this.#keys, key);
    }
  }
}

/** Adds a name unless it is blank; one more than `MOST_NAMES` shows that there are more. */
function addName(names: Set<string>, name: string): void {
  const trimmed = name.trim();
  if (trimmed === '' || names.size > MOST_NAMES) return;
  names.add(shortened(trimmed, LONGEST_NAME));
}

function namesOf(names: ReadonlySet<string>): string[] {
  const told = [...names].slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  return names.size > MOST_NAMES ? [...told, '...'] : told;
}

/** Returns a list behind its noun, as in `columns 2, 3`; an empty text for an empty list. */
function listed(noun: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `${noun}${items.length === 1 ? '' : 's'} ${items.join(', ')}`;
}
