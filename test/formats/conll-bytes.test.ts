import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import { createConllByteReader } from '../../src/formats/conll-bytes.js';
import type { ConllColumns } from '../../src/formats/conll-layout.js';
import type { Sentence } from '../../src/text/sentence.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { readConll } from '../helpers/conll.js';

const unit = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'Zoë', '1', '2', ' ', '\t', '\t', '\n', '\n', '\r\n', 'O', 'B-PER') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '#',
      '# newdoc\n',
      '# text = a\n',
      '-DOCSTART- O\n',
      '\u00a0',
      '\uFEFF',
      '_',
      '-',
      '1-2',
      '\r',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('1\ta\tO\t-\t-\n2\tb\tB-X\t-\t-\n', 'a\tO\nb\tB-X\n\n', 'a NN O\n', 'NER=B-X|A=b'),
  },
  anyCharacter,
);
const text = fc.array(unit, { maxLength: 40 }).map((units) => units.join(''));
const columns: fc.Arbitrary<ConllColumns> = fc.record({
  tokenColumn: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  tagColumn: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});

/** Sentences, or the message that refuses. */
function outcome(read: () => Sentence[]): Sentence[] | string {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

function readBytes(content: string, options: ConllColumns, cuts: readonly number[]): Sentence[] {
  const bytes = new TextEncoder().encode(content);
  const reader = createConllByteReader({ source: 'c', needsTags: true, ...options });
  const sentences: Sentence[] = [];
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    const feed = bytes.indexOf(0x0a, Math.min(cut, bytes.length));
    const to = feed < 0 ? bytes.length : feed + 1;
    if (to <= from) continue;
    sentences.push(...reader.push(bytes.subarray(from, to)));
    from = to;
  }
  return [...sentences, ...reader.end()];
}

test('bytes give what lines give, or the same message, wherever the file is cut', () => {
  fc.assert(
    fc.property(text, columns, fc.array(fc.nat(60), { maxLength: 3 }), (content, options, cuts) => {
      const sorted = [...cuts].sort((a, b) => a - b);
      expect(outcome(() => readBytes(content, options, sorted))).toEqual(
        outcome(() => readConll(content, { source: 'c', needsTags: true, ...options })),
      );
    }),
    { numRuns: 3000 },
  );
});

test('a NUL byte separates no columns', () => {
  const content = 'a\tO\nb\tO\nc\0O\n\nd\n';
  expect(outcome(() => readBytes(content, {}, []))).toBe(
    outcome(() => readConll(content, { source: 'c', needsTags: true })),
  );
});

test('more tokens than a table keeps are read as they are, long ones too', () => {
  const tokens = Array.from(
    { length: 400_000 },
    (_, number) => `w${number % 150_000}${number % 5_000 ? '' : 'x'.repeat(9_000)}`,
  );
  const content = tokens.map((token, index) => `${token} O\n${index % 10 === 9 ? '\n' : ''}`).join('');
  expect(readBytes(content, {}, [1e6, 2e6]).flatMap((sentence) => sentence.tokens)).toEqual(tokens);
});
