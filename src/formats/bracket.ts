import { badInput } from '../errors.js';
import type { AnnotatedText, TextSpan } from '../text/sentence.js';
import { splitAtSpaces } from '../text/sentence-breaks.js';
import type { TextFormat } from './format.js';
import { afterCutLine, eachLine, endsLine, LONGEST_LINE, lineTooLong, REFUSED_LINE, readOrRefuse } from './lines.js';
import { placeOf, tellOf, withoutOverlaps } from './text-spans.js';
import { createBoundaryCheck, separateTokens } from './token-boundaries.js';

const WRITABLE_LABEL = /^[^()\s]+$/;
/** An entity in bracket text; a line of columns may contain a token or a tag that looks like it. */
const SPAN = /\[(?:[^\][\\]|\\.)*\]\([^()\s]+\)/;

/** One text per line, with `[entity](LABEL)` in it; spaces separate tokens, and an empty line begins a document. */
export const bracketFormat: TextFormat = {
  name: 'bracket',
  title: 'lines of text with [entity](LABEL) in them',
  holds: 'texts',
  holdsTokens: true,
  createReader(source, { onRefusal }) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let lines = 0;
    let document = 0;
    let isNext = false;
    let isCut = false;
    return {
      get lines() {
        return lines;
      },
      push(piece) {
        if (isCut && !onRefusal) throw lineTooLong(`${source}:${lines}`);
        const whole = isCut ? afterCutLine(piece) : piece;
        if (!whole) return [];
        const records: AnnotatedText[] = [];
        const take = (bytes: Uint8Array, place: string): void => {
          if (bytes.length > LONGEST_LINE) throw lineTooLong(place);
          let line = decoder.decode(bytes);
          if (lines === 1) line = line.replace(/^\uFEFF/, '');
          line = line.replace(/\r$/, '');
          if (line === REFUSED_LINE) return;
          if (line.trim() === '') {
            isNext = records.length > 0 || lines > 1;
            return;
          }
          if (isNext) document++;
          isNext = false;
          const { text, ranges } = parseBracketText(line, place);
          const empty = ranges.find(({ start, end }) => start === end);
          if (empty) throw badInput(`${place}: an empty span ${empty.label}`, 'write a literal bracket as \\[');
          records.push({ text, spans: ranges, tokens: splitAtSpaces(text), document, line: lines });
        };
        eachLine(whole, (bytes) => {
          lines++;
          const place = `${source}:${lines}`;
          readOrRefuse(() => take(bytes, place), { line: lines, place }, onRefusal);
        });
        isCut = !endsLine(piece);
        return records;
      },
      end: () => [],
    };
  },
  createWriter(report) {
    let document: AnnotatedText['document'];
    let isFirst = true;
    const checkBoundaries = createBoundaryCheck('bracket', report);
    return {
      write(original, source) {
        const tell = tellOf(original, source, report);
        const spans = withoutOverlaps(original.spans, tell).filter((span) => {
          if (!WRITABLE_LABEL.test(span.label))
            tell('label', span, 'has a label with white space or parentheses; left out');
          else if (/\n/.test(original.text.slice(span.start, span.end)))
            tell('span over lines', span, 'holds a line break; left out');
          else return true;
          return false;
        });
        const separated = separateTokens({ ...original, spans }, tell);
        if (!separated) checkBoundaries(original, source);
        const record = separated ?? { ...original, spans };
        const before = !isFirst && record.document !== document ? '\n' : '';
        const text = writeBracketText(record.text, record.spans);
        const lines = text.split('\n').filter((line) => line.trim() !== '');
        if (lines.length === 0) return '';
        if (lines.some((line) => line.endsWith('\r')) || (isFirst && lines[0]?.startsWith('\uFEFF'))) {
          report({
            kind: 'record',
            place: placeOf(record, source, 0),
            what: 'a line begins or ends with a control character; left out',
          });
          return '';
        }
        isFirst = false;
        document = record.document;
        return `${before}${lines.join('\n')}\n`;
      },
      end: () => '',
    };
  },
  isCertain: (head) => {
    if (/^\s*[{]/.test(head)) return false;
    const lines = head
      .slice(0, 65_536)
      .split('\n')
      .filter((line) => line.trim() !== '');
    const spans = lines.filter((line) => SPAN.test(line) && /[^ ] [^ ]/.test(line) && !line.includes('\t'));
    return spans.length > 0 && new Set(lines.map((line) => line.split(' ').length)).size > 1;
  },
};

const LABEL = /\]\(([^()\s]+)\)/y;

/**
 * Splits bracket text into text and labelled ranges; a backslash escapes a bracket or a backslash.
 *
 * @throws {UserError} if brackets do not pair or spans nest
 */
export function parseBracketText(
  line: string,
  place: string,
): { readonly text: string; readonly ranges: readonly TextSpan[] } {
  const ranges: TextSpan[] = [];
  let text = '';
  let opened = -1;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    const next = line[index + 1];
    if (character === '\\' && (next === '[' || next === ']' || next === '\\')) {
      text += next;
      index++;
    } else if (character === '[') {
      if (opened >= 0) throw badInput(`${place}: a "[" inside a span`, 'write a literal bracket as \\[');
      opened = text.length;
    } else if (character === ']') {
      LABEL.lastIndex = index;
      const [, label] = LABEL.exec(line) ?? [];
      if (opened < 0 || label === undefined)
        throw badInput(`${place}: a "]" that closes no [entity](LABEL)`, 'write a literal bracket as \\]');
      ranges.push({ label, start: opened, end: text.length });
      opened = -1;
      index = LABEL.lastIndex - 1;
    } else text += character;
  }
  if (opened >= 0) throw badInput(`${place}: a "[" that no "](LABEL)" closes`, 'write a literal bracket as \\[');
  return { text, ranges };
}

/** Marks labelled ranges, which must be in order and not overlap, in a text: the inverse of `parseBracketText`. */
export function writeBracketText(text: string, ranges: readonly TextSpan[]): string {
  let written = '';
  let position = 0;
  for (const { label, start, end } of ranges) {
    written += `${escapeBrackets(text.slice(position, start))}[${escapeBrackets(text.slice(start, end))}](${label})`;
    position = end;
  }
  return written + escapeBrackets(text.slice(position));
}

/** Escapes brackets, and backslashes only where they would be read as an escape. */
function escapeBrackets(text: string): string {
  return text.replace(/\\(?=[\\[\]]|$)|[[\]]/g, '\\$&');
}
