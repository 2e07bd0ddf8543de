import type { DocumentPiece, RecordPart } from './record.js';
import type { Token } from './sentence.js';
import type { Tokenizer } from './tokenizer.js';

const ENDS = /^(?:[.!?…؟۔।॥።։។။]+|.*[。！？])$/u;
const ENDS_WITHOUT_SPACE = /[。！？]$/u;
const CLOSES = /^[\p{Pe}\p{Pf}"'’]+$/u;
const OPENS = /^[\p{Ps}\p{Pi}"'‘¿¡—–@#-]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
const ITEM = /^(?:[-–—*•‣·+]+|[(]?\p{N}{1,3}[.)])$/u;

/** Lengths of lines, in UTF-16 units, that a program or a typist may have broken where the width of a page ended. */
const WRAPPED = { least: 40, most: 120 };

/** Whether a sentence may go on behind a line of this length. */
export function mayBeWrapped(length: number): boolean {
  return length >= WRAPPED.least && length <= WRAPPED.most;
}

/**
 * Where the sentences of a text begin, as numbers of tokens, the first token aside: after a full stop, a question or an
 * exclamation mark, quotes and brackets that close behind it included, where white space follows (none is needed after
 * those of Chinese and Japanese) and then a word that a sentence can begin with; after an empty line; and after a line
 * break that does not look as if the width of a page had made it. The same on every machine.
 *
 * @param onlyAtLines whether line breaks alone end sentences, and each does
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

/** The tokens of each line of a text. */
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

/** The sentences of a piece of a document, from the first token of each to its last, and the gaps around them. */
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
