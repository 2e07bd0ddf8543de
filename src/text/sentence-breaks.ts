import type { DocumentPiece, RecordPart } from './record.js';
import type { Token } from './sentence.js';
import type { Tokenizer } from './tokenizer.js';

const ENDS = /^(?:[.!?…؟۔।॥።։។။]+|.*[。！？])$/u;
const ENDS_WITHOUT_SPACE = /[。！？]$/u;
const CLOSES = /^[\p{Pe}\p{Pf}"'’]+$/u;
const OPENS = /^[\p{Ps}\p{Pi}"'‘¿¡—–@#-]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const ITEM = /^(?:[-–—*•‣·+]+|[(]?\p{N}{1,3}[.)])$/u;

/** Lengths of lines, in UTF-16 units, that may have been broken at the width of a page. */
const WRAPPED = { least: 40, most: 120 };

/** Tells whether a sentence may go on after a line of this length. */
export function mayBeWrapped(length: number): boolean {
  return length >= WRAPPED.least && length <= WRAPPED.most;
}

/**
 * Returns the indices of the tokens that begin a sentence, except the first token. A sentence ends after a full stop, a
 * question mark or an exclamation mark, with the quotes and brackets that close behind it, if white space follows (after
 * those of Chinese and Japanese none is needed) and then a word with which a sentence can begin. It also ends at an empty
 * line, and at a line break that is not explained by the width of a page. The result is the same on every machine.
 *
 * @param onlyAtLines whether every line break ends a sentence, and nothing else does
 */
export function sentenceBreaks(text: string, tokens: readonly Token[], onlyAtLines: boolean): number[] {
  const breaks: number[] = [];
  let end: 'none' | 'spaced' | 'any' = 'none';
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (previous) {
      const gap = text.slice(previous.end, token.start);
      const isEnded = (end === 'spaced' && gap !== '') || end === 'any';
      if ((isEnded && OPENS.test(token.text)) || endsAtLine(text, gap, previous, token, onlyAtLines)) {
        breaks.push(index);
        end = 'none';
      }
    }
    if (onlyAtLines) continue;
    if (ENDS.test(token.text)) end = ENDS_WITHOUT_SPACE.test(token.text) ? 'any' : 'spaced';
    else if (!CLOSES.test(token.text)) end = 'none';
  }
  return breaks;
}

function endsAtLine(text: string, gap: string, before: Token, after: Token, always: boolean): boolean {
  const feed = gap.indexOf('\n');
  if (feed < 0) return false;
  if (always || gap.includes('\n', feed + 1) || ITEM.test(after.text)) return true;
  const lineBreak = before.end + feed;
  const lengthBefore = lineBreak - (text.lastIndexOf('\n', lineBreak - 1) + 1);
  const next = text.indexOf('\n', lineBreak + 1);
  const lengthAfter = (next < 0 ? text.length : next) - lineBreak - 1;
  return !mayBeWrapped(lengthBefore) || lengthAfter > WRAPPED.most;
}

/** Cuts a text into tokens line by line. */
export function cutLines(text: string, cut: Tokenizer): Token[] {
  if (!text.includes('\n')) return cut(text);
  const tokens: Token[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    for (const token of cut(line))
      tokens.push({ text: token.text, start: token.start + offset, end: token.end + offset });
    offset += line.length + 1;
  }
  return tokens;
}

/** Cuts a piece of a document into sentences, each from its first token to its last, and the gaps around them. */
export function cutDocument({ text, start, document }: DocumentPiece, cut: Tokenizer): RecordPart[] {
  const tokens = cutLines(text, cut);
  const parts: RecordPart[] = [];
  let position = 0;
  const addGap = (end: number): void => {
    if (end > position) parts.push({ kind: 'gap', text: text.slice(position, end) });
  };
  let from = 0;
  for (const to of [...sentenceBreaks(text, tokens, false), tokens.length]) {
    const own = tokens.slice(from, to);
    const first = own[0];
    const last = own.at(-1);
    from = to;
    if (!first || !last) continue;
    addGap(first.start);
    const shift = first.start;
    position = last.end;
    parts.push({
      text: text.slice(shift, position),
      tokens: own.map((token) => ({ text: token.text, start: token.start - shift, end: token.end - shift })),
      place: { start: start + shift, document },
    });
  }
  addGap(text.length);
  return parts;
}
