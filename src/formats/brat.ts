import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import type { AnnotatedText, TextRange } from '../text/sentence.js';
import type { OffsetUnit, Report } from './format.js';
import { codePointsOf, placeSpans, type RawSpan, sliceOf } from './text-spans.js';

const SPAN = /^T\S*\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/s;
/** Relations, events, attributes, notes and equivalences. */
const OTHER = /^(?:[REAMN#]\S*|\*)\t/;
const LABEL = /^\S+$/;

/**
 * Reads a document of brat: the text of its `.txt` file, and the standoff annotations of its `.ann` file.
 *
 * @param source names of the two files in messages
 * @param offsets the unit of offsets; undefined for code points, which brat uses
 * @throws {UserError} with the line of the annotation, if one cannot be read
 */
export function readBrat(
  text: string,
  annotations: string,
  source: { readonly text: string; readonly annotations: string },
  offsets: OffsetUnit | undefined,
  report: Report,
): AnnotatedText {
  const others: number[] = [];
  const found = annotations.split('\n').flatMap((raw, index): RawSpan[] => {
    const line = raw.replace(/\r$/, '');
    if (line.trim() === '') return [];
    const place = `${source.annotations}:${index + 1}`;
    const match = SPAN.exec(line);
    if (match) return [{ ...readSpan(match), place }];
    if (!OTHER.test(line))
      throw badInput(
        `${place}: expected an annotation of brat, found ${JSON.stringify(line.slice(0, 60))}`,
        'a name looks like "T1<tab>PER 0 4<tab>Anna"',
      );
    others.push(index + 1);
    return [];
  });
  if (others.length > 0)
    report({
      kind: 'record',
      place: `${source.annotations}:${others[0]}`,
      what: `${others.length} lines of relations, events, attributes or notes; left out`,
    });
  const spans = placeSpans(text, found, offsets ?? 'codepoints', offsets !== undefined, source.annotations);
  return { text, spans, line: 1, isWholeFile: true };
}

/** Reads the groups of `SPAN`. */
function readSpan([, label = '', ranges = '', text]: RegExpExecArray): RawSpan {
  const parts = ranges.split(';').map((range): TextRange => {
    const [start = Number.NaN, end = Number.NaN] = range.split(' ').map(Number);
    return { start, end };
  });
  const whole = { label, start: at(parts, 0).start, end: at(parts, parts.length - 1).end };
  return { ...whole, ...(parts.length > 1 && { parts }), ...(text !== undefined && { text }) };
}

/** Tells whether a file begins as an `.ann` file does. */
export function looksLikeBrat(head: string): boolean {
  return SPAN.test(head.split(/\r?\n/, 1)[0] ?? '');
}

/** Writes a document that is joined from records, one after the other. */
export class BratWriter {
  #position = 0;
  #spans = 0;
  readonly #report: Report;

  /** @param report is told of labels that brat cannot represent */
  constructor(report: Report) {
    this.#report = report;
  }

  /** Returns what a record adds to the two files; its text ends with a line feed. */
  write(record: AnnotatedText, source: string): { readonly text: string; readonly annotations: string } {
    const { spans } = record;
    const text = record.text.endsWith('\n') ? record.text : `${record.text}\n`;
    const toPoint = codePointsOf(text);
    let annotations = '';
    for (const span of spans) {
      if (!LABEL.test(span.label)) {
        const what = `the label ${JSON.stringify(span.label)} holds white space; its span is left out`;
        this.#report({ kind: 'label', place: `${source}:${record.line}`, what });
        continue;
      }
      const ranges = (span.parts ?? [span]).map(
        ({ start, end }) => `${this.#position + toPoint(start)} ${this.#position + toPoint(end)}`,
      );
      const covered = sliceOf(text, span).replace(/[\n\r]/g, ' ');
      annotations += `T${++this.#spans}\t${span.label} ${ranges.join(';')}\t${covered}\n`;
    }
    this.#position += toPoint(text.length);
    return { text, annotations };
  }
}
