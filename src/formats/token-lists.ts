import { badInput } from '../errors.js';
import type { Sentence } from '../text/sentence.js';
import type { CorpusReading, SentenceFormat } from './format.js';
import { asList, asName, asObject, asText, field, isObject, type JsonObject, refuse } from './json-fields.js';
import { createJsonReader, isCertainJson } from './json-texts.js';
import type { JsonValue } from './json-values.js';
import { LeftOut, WHY_FIELDS } from './left-out.js';

/** The fields that may hold the tags; the first one that is there does. */
const TAG_FIELDS = ['tags', 'ner_tags', 'labels'] as const;

/** `{"tokens": [...], "tags": [...]}`, or `ner_tags` with numbers as in Hugging Face's datasets, one record per line. */
export const tokensFormat: SentenceFormat = {
  name: 'tokens',
  title: 'JSON lines of token lists, as Hugging Face has them',
  heeds: ['tagNames', 'unknownTag'],
  holds: 'sentences',
  createReader(source, options, report) {
    const fields = options.namesFields ? new LeftOut() : undefined;
    let count = 0;
    let document = 0;
    let previous: ReturnType<typeof asName>;
    let isFirst = true;
    return createJsonReader(
      source,
      (value) => {
        const sentence = readSentence(value, options);
        if (sentence.tokens.length === 0) {
          report({ kind: 'empty record', place: value.place, what: 'the list of tokens is empty; left out' });
          return [];
        }
        const record = asObject(value.value, 'the record', value.place);
        // The writer numbers records too, so that nothing is lost of such an id.
        const isNumbered = String(field(record, 'id')) === `${count++}`;
        const areRead = new Set(['tokens', 'document', tagFieldOf(record) ?? '', ...(isNumbered ? ['id'] : [])]);
        fields?.addFields(record, areRead, value.place);
        const name = asName(field(record, 'document'));
        if (!isFirst && name !== previous) document++;
        previous = name;
        isFirst = false;
        return [{ ...sentence, document, ...(name !== undefined && { isOfMarkedDocument: true as const }) }];
      },
      options.onRefusal,
      () => {
        fields?.report(WHY_FIELDS, report);
        return [];
      },
    );
  },
  createWriter(_report, { tagNames }) {
    const numbers = tagNames && new Map(tagNames.map((name, index) => [name, index]));
    let count = 0;
    return {
      write({ tokens, tags, document, isOfMarkedDocument }, source) {
        const id = `${count++}`;
        const of = { id, ...((isOfMarkedDocument || document > 0) && { document }), tokens };
        if (!numbers) return `${JSON.stringify({ ...of, tags })}\n`;
        const ids = tags.map((tag) => numbers.get(tag) ?? unnamed(tag, source));
        return `${JSON.stringify({ ...of, ner_tags: ids })}\n`;
      },
      end: () => '',
    };
  },
  isCertain: (head) =>
    isCertainJson(head, (value) => {
      if (!isObject(value) || field(value, 'text') !== undefined) return false;
      const tokens = field(value, 'tokens');
      return (
        Array.isArray(tokens) && tokens.every((token) => typeof token === 'string') && tagsOfRecord(value) !== undefined
      );
    }),
};

function unnamed(tag: string, source: string): never {
  throw badInput(
    `${source}: the tag ${JSON.stringify(tag)} is not among --tag-names`,
    'name every tag, or leave out --tag-names',
  );
}

function tagFieldOf(record: JsonObject): (typeof TAG_FIELDS)[number] | undefined {
  return TAG_FIELDS.find((name) => (field(record, name) ?? undefined) !== undefined);
}

function tagsOfRecord(record: JsonObject): unknown {
  const name = tagFieldOf(record);
  return name && field(record, name);
}

function readSentence({ value, place, line }: JsonValue, { tagNames }: CorpusReading): Omit<Sentence, 'document'> {
  const record = asObject(value, 'the record', place);
  const tokens = asList(field(record, 'tokens'), '"tokens"', place).map((token) => asText(token, 'a token', place));
  const empty = tokens.indexOf('');
  if (empty >= 0) throw badInput(`${place}: token ${empty + 1} is empty`, 'leave it out, and its tag');
  const tags = asList(tagsOfRecord(record), '"tags" or "ner_tags"', place).map((tag) => readTag(tag, tagNames, place));
  if (tags.length !== tokens.length)
    throw badInput(`${place}: expected as many tags as tokens, found ${tags.length} tags and ${tokens.length} tokens`);
  return { tokens, tags, line };
}

function readTag(tag: unknown, names: readonly string[] | undefined, place: string): string {
  if (typeof tag === 'string') return asText(tag, 'a tag', place) || refuse(place, 'a tag', 'a name', undefined);
  if (typeof tag !== 'number') return refuse(place, 'a tag', 'a name or a number', tag);
  if (!names) throw badInput(`${place}: tags are numbers`, 'say what they mean with --tag-names O,B-PER,I-PER,...');
  return names[tag] ?? badTag(tag, names, place);
}

function badTag(tag: number, names: readonly string[], place: string): never {
  throw badInput(`${place}: the tag ${tag} has no name: --tag-names has ${names.length}, from 0`);
}
