import { asOneLine, withoutFeeds, writeBracketLine } from '../formats/bracket-lines.js';
import { writeBracketText } from '../formats/bracket-text.js';
import { writeConll } from '../formats/conll.js';
import { isWhiteSpace } from '../formats/white-space-tokens.js';
import { roundConfidence } from '../model/decode.js';
import { type Language, labelsOf } from '../model/language.js';
import { countFromDocument, type TaggedSentence } from '../model/tagger.js';
import { type DocumentGap, type FailedRecord, hasTokens } from '../text/record.js';
import { hasSpans } from '../text/scheme.js';
import { escapeHtml, htmlPageParts } from './html.js';
import { labelColours } from './label-colours.js';

/** Output format of tagged sentences: text with marked entities, columns, JSON lines, an HTML page, or the text alone. */
export type TaggedFormat = 'inline' | 'conll' | 'jsonl' | 'html' | 'text';

/** A tagged sentence, a record that could not be read, or the text between sentences of a document. */
export type TaggedRecord = TaggedSentence | FailedRecord | DocumentGap;

/** Writes records one by one, between a head and a foot. */
export interface RecordWriter {
  readonly head: string;
  write(record: TaggedRecord): string;
  readonly foot: string;
}

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
    case 'text':
      return createInlineWriter(({ text, place }) => (place ? text : text.replace(/\n/g, ' ')));
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

/**
 * Returns the text with entities as `[entity](LABEL)`. A record is one line, which is read back as the same tokens and spans.
 * A sentence of a document keeps the layout but for line feeds in entities.
 */
function inlineBrackets({ text, spans, tokens, place }: TaggedSentence): string {
  if (place) return writeBracketText(withoutFeeds(text, spans), spans);
  const words = tokens.filter((token) => !isWhiteSpace(token.text));
  return writeBracketLine(asOneLine({ text, spans, tokens: words }), () => {}).text;
}

/** Creates a writer of texts with coloured entities, whose text and label `paint` returns as a terminal shows them. */
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
  return tokens.map(({ text, tag }) => `${text.replace(/\n/g, ' ')}/${tag}`).join(' ');
}

/** Returns a line with token, tab and tag for each token, then an empty line; only that for a record that was not read. Lines that open a document stay. */
function conllRecord(record: TaggedRecord): string {
  if (!hasTokens(record)) return record.kind === 'gap' ? (record.columns ?? '') : '\n';
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
    return jsonLine(record.fields, { text: record.text ?? '', tokens: [], spans: [], error: record.error });
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
    ...(place?.page !== undefined && { page: place.page }),
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

/** Creates a writer of a self-contained page without a script, with entities in their label's colour as in displaCy. */
function createHtmlWriter(language: Language): RecordWriter {
  const ofSpans = hasSpans(language.scheme);
  const labels = labelsOf(language);
  const colourOf = labelColours(labels);
  const mark = (text: string, label: string, title: string): string =>
    `<mark style="--hue:${colourOf(label).hue}"${title}>${escapeHtml(text)}<b>${escapeHtml(label)}</b></mark>`;
  const legend = ofSpans ? labels.map((label) => mark('', label, '')).join(' ') : '';
  const { head, foot } = htmlPageParts(
    'Tagged text',
    `${legend === '' ? '' : `<p class="legend">${legend}</p>\n`}<div class="text">`,
    '</div>\n',
    STYLE,
  );
  const marked = (sentence: TaggedSentence): string => (ofSpans ? withSpans(sentence, mark) : withTags(sentence, mark));
  return {
    head,
    write(record) {
      if (hasTokens(record)) return record.place ? marked(record) : `<p>${marked(record)}</p>\n`;
      return record.kind === 'gap' ? escapeHtml(record.text) : `<p class="error">${escapeHtml(record.error)}</p>\n`;
    },
    foot,
  };
}

type Mark = (text: string, label: string, title: string) => string;

function withSpans({ text, spans }: TaggedSentence, mark: Mark): string {
  let html = '';
  let position = 0;
  for (const { start, end, label, confidence } of spans) {
    const title =
      confidence === undefined ? '' : ` title="${escapeHtml(label)}, confidence ${roundConfidence(confidence)}"`;
    html += escapeHtml(text.slice(position, start)) + mark(text.slice(start, end), label, title);
    position = end;
  }
  return html + escapeHtml(text.slice(position));
}

/** Returns the text with each token's tag, for plain tags. */
function withTags({ text, tokens }: TaggedSentence, mark: Mark): string {
  let html = '';
  let position = 0;
  for (const { start, end, tag } of tokens) {
    html += escapeHtml(text.slice(position, start)) + mark(text.slice(start, end), tag, '');
    position = end;
  }
  return html + escapeHtml(text.slice(position));
}

const STYLE = `
.text { line-height: 2.2; white-space: pre-wrap; overflow-wrap: anywhere; }
.text p { margin: 0.4rem 0; max-width: none; min-height: 1em; }
mark {
  color: inherit; background: hsl(var(--hue) 75% 86%); border-radius: 0.35rem; padding: 0.25rem 0.4rem;
  -webkit-box-decoration-break: clone; box-decoration-break: clone;
}
mark b { font-size: 0.65rem; letter-spacing: 0.04em; margin-left: 0.4rem; vertical-align: middle; }
.legend mark b { margin-left: 0; }
.error { color: var(--quiet); font-style: italic; }
@media (prefers-color-scheme: dark) { mark { background: hsl(var(--hue) 45% 26%); } }
@media print { mark { border: 1px solid hsl(var(--hue) 45% 50%); } }
`;
