import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTaggedWriter } from '../../src/reports/tagged.js';
import { type RecordOptions, RecordTagger } from '../../src/tagging/record-tagger.js';
import type { InputRecord } from '../../src/text/record.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { drawModel, type SmallModelOptions } from '../helpers/small-model.js';

const word = fc.constantFrom(
  ...[
    'Ada',
    'London.',
    'lives',
    'in',
    'New',
    'York',
    '"x"',
    '\\',
    '漢字',
    'ไทย',
    '🦋',
    '\ud83e',
    '\0',
    '\u2028',
    '\u007f',
  ],
);
const text = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.array(word, { maxLength: 6 }).map((words) => `${words.join('')}\r`),
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'binary' }),
);
const tokens = fc.array(fc.oneof(word, fc.string({ minLength: 1 })), { maxLength: 8 });
const fields = fc.constantFrom('', '"id":7,', '"a":"\\u00e9","b":[1, 2],');
const prose = fc.array(fc.oneof(word, fc.constantFrom('. ', '.\n\n', '! ', '\n', '\n\f')), { maxLength: 20 });

const record: fc.Arbitrary<InputRecord> = fc.oneof(
  { arbitrary: text, weight: 4 },
  tokens,
  fc.record({
    kind: fc.constant('piece' as const),
    text: prose.map((words) => words.join(' ')),
    start: fc.constantFrom(0, 7, 99_999, 3_000_000_000),
    document: fc.constantFrom('a "b".txt', 'é'),
    page: fc.constantFrom(1, 12),
  }),
  fc.record({ kind: fc.constant('piece' as const), text: prose.map((words) => words.join(' ')), start: fc.nat(12) }),
  fc.record({ kind: fc.constant('fields' as const), content: fc.oneof(text, tokens, prose.map(String)), fields }),
  fc.record({ kind: fc.constant('sentences' as const), sentences: fc.array(tokens, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('failed' as const), error: text, fields }),
  fc.record({ kind: fc.constant('gap' as const), text }),
);

const options: fc.Arbitrary<RecordOptions> = fc.record(
  {
    confidence: fc.boolean(),
    cutsAtSpaces: fc.boolean(),
    minConfidence: fc.constantFrom(0, 0.2, 0.5, 1),
    top: fc.constantFrom(0, 2),
  },
  { requiredKeys: [] },
);

const PLAIN = { tags: ['DT', 'N"N', 'VB'], scheme: { name: 'plain', outside: undefined } } as const;

describe('lines of JSON are those that are written of objects, byte for byte,', () => {
  test.each<[string, SmallModelOptions]>([
    ['for tags of IOB2', {}],
    ['for tags that the network has in another scheme', { settings: { recode: false } }],
    ['for labels without prefixes', { tags: ['O', 'P'], scheme: { name: 'plain', outside: 'O' } }],
    ['where words stand in dictionaries', { names: ['New York', 'Ada'] }],
  ])('%s', (_, model) => {
    const tagger = new RecordTagger(drawModel(model));
    expectSameBytes(tagger, options);
  });

  test('for tags that mark no spans', () => {
    expectSameBytes(new RecordTagger(drawModel(PLAIN)), fc.record({ confidence: fc.boolean(), top: fc.nat(2) }));
  });

  test('however many words there have been', () => {
    const tagger = new RecordTagger(drawModel());
    for (let round = 0; round < 4; round++) {
      const words = Array.from({ length: 11_000 }, (_, index) => `w${11_000 * round + index}`);
      const records = Array.from({ length: 110 }, (_, line) => words.slice(100 * line, 100 * line + 100).join(' '));
      expect(writtenFast(tagger, records, {})).toBe(writtenPlainly(tagger, records, {}));
    }
  });
});

function expectSameBytes(tagger: RecordTagger, drawn: fc.Arbitrary<RecordOptions>): void {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), drawn, (records, chosen) => {
      expect(writtenFast(tagger, records, chosen)).toBe(writtenPlainly(tagger, records, chosen));
    }),
  );
}

function writtenFast(tagger: RecordTagger, records: readonly InputRecord[], chosen: RecordOptions): string {
  return Buffer.from(tagger.writeJsonLines(records, chosen)).toString();
}

function writtenPlainly(tagger: RecordTagger, records: readonly InputRecord[], chosen: RecordOptions): string {
  const { write } = createTaggedWriter('jsonl', tagger.language);
  return Buffer.from(tagger.tag(records, chosen).map(write).join('')).toString();
}
