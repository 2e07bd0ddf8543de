import { readTriple } from './doccano.js';
import { asList, asObject, asText, field, isObject } from './json-fields.js';
import type { JsonShape } from './json-texts.js';
import { hasText } from './jsonl.js';

/** spaCy's training dictionaries: `["text", {"entities": [[start, end, "LABEL"]]}]`, in one array or one per line. */
export const spacyShape: JsonShape = {
  name: 'spacy',
  title: "spaCy's training dictionaries",
  offsets: 'codepoints',
  isArray: true,
  fields: new Set(['text', 'entities', 'id', 'document']),
  isCertain(value) {
    if (Array.isArray(value)) return value.length === 2 && typeof value[0] === 'string' && hasEntities(value[1]);
    return hasText(value) && hasEntities(value);
  },
  read(value, { place }) {
    const [text, annotations] = Array.isArray(value) ? value : [isObject(value) ? field(value, 'text') : value, value];
    const entities = field(asObject(annotations, 'the annotations', place), 'entities') ?? [];
    return {
      text: asText(text, 'the text', place),
      spans: asList(entities, '"entities"', place).map((triple) => readTriple(triple, place)),
    };
  },
  write: ({ text, spans }, toUnit) => [
    text,
    { entities: spans.map(({ label, start, end }) => [toUnit(start), toUnit(end), label]) },
  ],
};

function hasEntities(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entities = field(value, 'entities');
  return Array.isArray(entities) && (entities.length === 0 || Array.isArray(entities[0]));
}
