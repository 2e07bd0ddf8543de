import { writeBracketText } from '../formats/bracket.js';
import { writeConll } from '../formats/conll.js';
import { roundConfidence } from '../model/decode.js';
import type { Language } from '../model/language.js';
import { countFromDocument, type TaggedSentence } from '../model/tagger.js';
import { hasTokens } from '../text/record.js';
import { hasSpans } from '../text/scheme.js';
import type { RecordWriter, TaggedFormat, TaggedRecord } from './record-writer.js';
import { createHtmlWriter } from './tagged-html.js';

/** Creates a writer of tagged records in a format. */
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
 * Creates a writer that puts each sentence on its own line, but keeps the layout of documents. A record that could not
 * be read becomes an empty line.
 *
 * @param mark returns a sentence without its line end
 */
function createInlineWriter(mark: (sentence: TaggedSentence) => string): RecordWriter {
  return {
    head: '',
    write(record) {
      if (hasTokens(record)) return record.place ? mark(record) : `${mark(record)}\n`;
      return record.kind === 'gap' ? record.text : '\n';
    },
    foot: '',
  };
}

/** Returns the text with entities as `[entity](LABEL)`, which can be read back. */
function inlineBrackets({ text, spans }: TaggedSentence): string {
  return writeBracketText(text, spans);
}

/**
 * Creates a writer of texts with coloured entities.
 *
 * @param paint returns an entity's text and label as a terminal shows them
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

/** Returns the tokens with their tags, as in `The/DT bank/NN`, for plain tags. */
function inlineTags({ tokens }: TaggedSentence): string {
  return tokens.map(({ text, tag }) => `${text}/${tag}`).join(' ');
}

/** Returns a line with token, tab and tag for each token, then an empty line; only that for a record that was not read. */
function conllRecord(record: TaggedRecord): string {
  if (!hasTokens(record)) return record.kind === 'gap' ? '' : '\n';
  const { tokens } = record;
  return writeConll({ tokens: tokens.map(({ text }) => text), tags: tokens.map(({ tag }) => tag) });
}

/**
 * Returns one line of JSON. Offsets in a sentence of a document count from the start of the document, and `start` and
 * `end` are the sentence's own; a record that could not be read has an `error` that says why.
 */
function jsonRecord(record: TaggedRecord): string {
  if (!hasTokens(record)) {
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
