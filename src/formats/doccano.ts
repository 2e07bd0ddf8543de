import { asList, asObject, asOffset, asText, field, isObject, refuse } from './json-fields.js';
import type { JsonShape } from './json-texts.js';
import { hasText, readLabel } from './jsonl.js';
import type { RawSpan } from './text-spans.js';

/** `{"text", "label": [[start, end, "LABEL"]]}`; later versions write `"entities": [{"start_offset", "end_offset", "label"}]`. */
export const doccanoShape: JsonShape = {
  name: 'doccano',
  title: 'JSON lines of doccano',
  offsets: 'codepoints',
  holdsOverlaps: true,
  holdsDocuments: true,
  fields: new Set(['text', 'label', 'labels', 'entities', 'id', 'document']),
  isCertain(value) {
    if (!hasText(value)) return false;
    const triples = field(value, 'label') ?? field(value, 'labels');
    if (Array.isArray(triples)) return triples.length === 0 || Array.isArray(triples[0]);
    const entities = field(value, 'entities');
    return Array.isArray(entities) && isObject(entities[0]) && field(entities[0], 'start_offset') !== undefined;
  },
  read(value, { place }) {
    const record = asObject(value, 'the record', place);
    const text = asText(field(record, 'text'), '"text"', place);
    const triples = field(record, 'label') ?? field(record, 'labels');
    if (triples !== undefined)
      return { text, spans: asList(triples, '"label"', place).map((triple) => readTriple(triple, place)) };
    const spans = asList(field(record, 'entities') ?? [], '"entities"', place).map((span) => readTriple(span, place));
    return { text, spans };
  },
  write: ({ text, spans, id, document }, toUnit) => ({
    ...(id !== undefined && { id }),
    ...(document !== undefined && { document }),
    text,
    label: spans.map(({ label, start, end }) => [toUnit(start), toUnit(end), label]),
  }),
};

/**
 * Reads a span written as `[start, end, "LABEL"]`, or as an object with named fields.
 *
 * @throws {UserError} if it is not a span
 */
export function readTriple(value: unknown, place: string): RawSpan {
  if (isObject(value))
    return {
      label: readLabel(field(value, 'label'), place),
      start: asOffset(field(value, 'start_offset') ?? field(value, 'start'), 'the start of a span', place),
      end: asOffset(field(value, 'end_offset') ?? field(value, 'end'), 'the end of a span', place),
    };
  const triple = asList(value, 'a span', place);
  if (triple.length < 3) return refuse(place, 'a span', 'start, end and label', value);
  return {
    label: readLabel(triple[2], place),
    start: asOffset(triple[0], 'the start of a span', place),
    end: asOffset(triple[1], 'the end of a span', place),
  };
}
