import { asColumn } from '../formats/conll.js';
import type { Report } from '../formats/format.js';
import { createCounter } from '../formats/issue-counter.js';
import { isWhiteSpace } from '../formats/white-space-tokens.js';
import type { InputRecord } from '../text/record.js';
import { splitAtSpaces } from '../text/sentence-breaks.js';
import type { RecordWatch } from './record-watch.js';

/**
 * Creates a watch that reports once how many records have white space that formats of lines cannot hold: line feeds, and tabs in
 * tokens, are written as spaces.
 *
 * @param to name of the format
 * @param cutsAtSpaces whether the tokens of a text are what spaces separate
 * @returns undefined for a format that holds all white space
 */
export function createBreakWatch(to: string, cutsAtSpaces: boolean, report: Report): RecordWatch | undefined {
  const isColumns = to === 'conll';
  if (!['inline', 'text', 'redacted', 'conll'].includes(to)) return undefined;
  const what = isColumns ? 'tabs or line feeds in tokens' : 'line feeds';
  const counter = createCounter('token', report, (count, isOne) => {
    const records = isOne ? 'a record has' : `${count} records have`;
    return `${records} ${what}, which --to ${to} writes as spaces`;
  });
  const isChanged = isColumns ? isOtherInColumn : (piece: string) => piece.includes('\n');
  return {
    see(record, source, line) {
      if (piecesOf(record, !isColumns, cutsAtSpaces).some(isChanged)) counter.count(`${source}:${line}`);
    },
    end: counter.end,
  };
}

/** Tells whether a word is written otherwise in columns; a token of white space alone has no text to lose. */
function isOtherInColumn(token: string): boolean {
  return !isWhiteSpace(token) && asColumn(token) !== token;
}

/** Returns the text of a record, or its tokens, as far as they can hold white space. */
function piecesOf(record: InputRecord, asText: boolean, cutsAtSpaces: boolean): readonly string[] {
  const content = typeof record !== 'string' && 'kind' in record ? contentOfFields(record) : record;
  if (typeof content === 'string') {
    if (asText) return [content];
    return cutsAtSpaces ? splitAtSpaces(content).map(({ text }) => text) : [];
  }
  if (!('text' in content)) return content;
  return asText ? [content.text] : content.tokens.map(({ text }) => text);
}

function contentOfFields(
  record: Extract<InputRecord, { readonly kind: string }>,
): Extract<InputRecord, { readonly kind: 'fields' }>['content'] {
  return record.kind === 'fields' ? record.content : [];
}
