import { writeBracketText } from '../formats/bracket.js';
import { writeConll } from '../formats/conll.js';
import { roundConfidence } from '../model/decode.js';
import type { Language } from '../model/language.js';
import { countFromDocument, type TaggedSentence } from '../model/tagger.js';
import { type DocumentGap, type FailedRecord, isText } from '../text/record.js';
import { hasSpans } from '../text/scheme.js';
import { createHtmlWriter } from './tagged-html.js';

/** How results look: text with its entities marked, columns, JSON lines, or a page. */
export type TaggedFormat = 'inline' | 'conll' | 'jsonl' | 'html';

/** A sentence that was tagged, or what stands in the place of a record that could not be read or between sentences. */
export type TaggedRecord = TaggedSentence | FailedRecord | DocumentGap;

/** Writes records one after the other, between a head and a foot. */
export interface RecordWriter {
  readonly head: string;
  write(record: TaggedRecord): string;
  readonly foot: string;
}

/** What writes the records that a model has tagged in a format. */
export function createTaggedWriter(format: TaggedFormat, language: Language): RecordWriter {
  switch (format) {
    case 'html':
      return createHtmlWriter(language);
    case 'conll':
      return { head: '', write: conllRecord, foot: '' };
    case 'jsonl':
      return { head: '', write: jsonRecord, foot: '' };
    case 'inline': {
      const marked = hasSpans(language.scheme) ? inlineBrackets : inlineTags;
      return createInlineWriter(marked);
    }
  }
}

/**
 * Writes sentences on lines of their own, and those of a document as they stand in it. The place of a record that
 * could not be read is an empty line.
 *
 * @param mark gives a sentence without the end of its line
 */
function createInlineWriter(mark: (sentence: TaggedSentence) => string): RecordWriter {
  return {
    head: '',
    write(record) {
      if (isText(record)) return record.place ? mark(record) : `${mark(record)}\n`;
      return record.kind === 'gap' ? record.text : '\n';
    },
    foot: '',
  };
}

/** The text with `[entity](LABEL)`, which can be read back. */
function inlineBrackets({ text, spans }: TaggedSentence): string {
  return writeBracketText(text, spans);
}

/**
 * Writes texts with their entities painted.
 *
 * @param paint gives an entity's text and label the look they have on a terminal
 */
export function createPaintedWriter(paint: (entity: string, label: string) => string): RecordWriter {
  return createInlineWriter(({ text, spans }) => {
    let painted = '';
    let position = 0;
    for (const { start, end, label } of spans) {
      painted += text.slice(position, start) + paint(text.slice(start, end), label);
      position = end;
    }
    return painted + text.slice(position);
  });
}

/** The tokens with their tags, `The/DT bank/NN`, for tags that spell no spans. */
function inlineTags({ tokens }: TaggedSentence): string {
  return tokens.map(({ text, tag }) => `${text}/${tag}`).join(' ');
}

/** Token, tab, tag, a line each, and an empty line; of a record that could not be read the empty line alone. */
function conllRecord(record: TaggedRecord): string {
  if (!isText(record)) return record.kind === 'gap' ? '' : '\n';
  const { tokens } = record;
  return writeConll({ tokens: tokens.map(({ text }) => text), tags: tokens.map(({ tag }) => tag) });
}

/**
 * One JSON object on a line. Offsets of a sentence of a document count from the document's start, and `start` and `end`
 * say where the sentence itself stands; an `error` tells what is wrong with a record that could not be read.
 */
function jsonRecord(record: TaggedRecord): string {
  if (!isText(record)) {
    if (record.kind === 'gap') return '';
    return jsonLine(record.fields, { text: '', tokens: [], spans: [], error: record.error });
  }
  const { text, fields, place, tokens, alternatives, ...found } = countFromDocument(record);
  const spans = found.spans.map(({ label, start, end, text: entity, confidence }) => ({
    label,
    start,
    end,
    text: entity,
    ...(confidence !== undefined && { confidence: roundConfidence(confidence) }),
  }));
  return jsonLine(fields, {
    ...(place?.document !== undefined && { document: place.document }),
    text,
    ...(place && { start: place.start, end: place.start + text.length }),
    tokens,
    spans,
    ...(alternatives && {
      alternatives: alternatives.map(({ probability, tags, spans: others }) => ({
        probability: roundConfidence(probability),
        tags,
        spans: others.map(({ label, start, end, text: entity }) => ({ label, start, end, text: entity })),
      })),
    }),
  });
}

function jsonLine(fields = '', object: object): string {
  return `{${fields}${JSON.stringify(object).slice(1)}\n`;
}
