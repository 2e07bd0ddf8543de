import { badInput } from '../errors.js';
import type { AnnotatedText } from '../text/sentence.js';
import { linesOf, readBracketLine, withoutBreaks, writeBracketLine } from './bracket-lines.js';
import type { TextFormat } from './format.js';
import { createCounter } from './issue-counter.js';
import { afterCutLine, eachLine, endsLine, LONGEST_LINE, lineTooLong, REFUSED_LINE, readOrRefuse } from './lines.js';
import { tellOf, withoutOverlaps } from './text-spans.js';
import { reportEmptyRecord } from './text-to-sentences.js';

const WRITABLE_LABEL = /^[^()\s]+$/;
/** An entity in bracket text; a line of columns may contain a token or a tag that looks like it. */
const SPAN = /\[(?:[^\][\\]|\\.)*\]\([^()\s]+\)/;

/** One text per line, with `[entity](LABEL)` in it; an empty line begins a document. */
export const bracketFormat: TextFormat = {
  name: 'bracket',
  title: 'lines of text with [entity](LABEL) in them',
  heeds: [],
  holds: 'texts',
  holdsTokens: true,
  holdsDocuments: true,
  holdsUnlabelled: false,
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
          const { text, spans, tokens } = readBracketLine(line, place);
          const empty = spans.find(({ start, end }) => start === end);
          if (empty) throw badInput(`${place}: an empty span ${empty.label}`, 'write a literal bracket as \\[');
          records.push({ text, spans, tokens, document, line: lines });
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
    const told = new Set<string>();
    const breaks = createCounter('record', report, (count, isOne) =>
      isOne
        ? 'a line break in a name, or a carriage return, is written as a space'
        : `texts with line breaks in names, or carriage returns, which are written as spaces: ${count}`,
    );
    return {
      write(original, source) {
        const tell = tellOf(original, source, report);
        const spans = withoutOverlaps(original.spans, tell).filter((span) => {
          if (WRITABLE_LABEL.test(span.label)) return true;
          tell('label', span, 'has a label with white space or parentheses; left out');
          return false;
        });
        const record = withoutBreaks({ ...original, spans });
        if (record.text !== original.text) breaks.count(`${source}:${record.line}`);
        const lines = linesOf(record).flatMap((line, index) => {
          const number = record.line + (record.isWholeFile ? index : 0);
          const tellOfLine = tellOf({ ...line, line: number }, source, report);
          if (line.text.trim() === '') {
            for (const span of line.spans) tellOfLine('span without a token', span, 'covers no token; left out');
            return [];
          }
          const { text, holdsTokens } = writeBracketLine(line, tellOfLine);
          if (!holdsTokens && !told.has(source)) {
            told.add(source);
            const what = 'a token holds a space, or text lies between tokens; some tokens of this file will differ';
            report({ kind: 'token boundaries', place: `${source}:${number}`, what });
          }
          return [text];
        });
        if (lines.length === 0) {
          reportEmptyRecord(`${source}:${record.line}`, report);
          return '';
        }
        const isNext = !isFirst && record.document !== document;
        const hidesMark = isFirst && lines[0]?.startsWith('\uFEFF'); // the first line must not begin as a byte-order mark
        isFirst = false;
        document = record.document;
        return `${isNext || hidesMark ? '\n' : ''}${lines.join('\n')}\n`;
      },
      end() {
        breaks.end();
        return '';
      },
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
