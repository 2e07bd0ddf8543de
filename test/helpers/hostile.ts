import fc from 'fast-check';
import { expect } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { CorpusItem, Format } from '../../src/formats/format.js';
import { anyCharacter } from './arbitraries.js';
import { readAs, writeAs } from './corpus-readers.js';

/** Pieces of what formats are made of, so that chance finds its way deep into a reader. */
const PIECES: Readonly<Record<string, readonly string[]>> = {
  conll: [
    'a',
    'É',
    '🤞',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\n\n',
    'O',
    'B-PER',
    'I-',
    '-DOCSTART- O\n',
    '#',
    '\u00a0',
    '\uFEFF',
    '1\t',
    '2\t',
    '_\t',
    '# newdoc\n',
    '# text = a b\n',
    'NER=B-X',
    '|',
    '\r',
    'a\tO\n',
    'a B-X\nb O\n',
    '1\ta\tO\t-\n2\tb\tB-Y\t-\n',
  ],
  json: [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    '\\ud83e\\udd1e',
    '0',
    '1',
    '-1',
    '1.5',
    '1e9',
    'null',
    'true',
    '\n',
    '\n\n',
    ' ',
    '"text"',
    '"a b"',
    '"__proto__"',
    '"spans"',
    '"tokens"',
    '"tags"',
    '"label"',
    '"data"',
    '"annotations"',
    '🤞',
  ],
  bracket: [
    '[',
    ']',
    '(',
    ')',
    '](PER)',
    '[a](X)',
    '\\',
    ' ',
    '\n',
    '\n\n',
    'a',
    '🤞',
    '\t',
    '\r\n',
    '\uFEFF',
    '\u00a0',
  ],
};

/** Records that are nearly right. */
const numberish = fc.oneof(
  { weight: 8, arbitrary: fc.nat(6) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1.5, 99, null, '1', []) },
);
const textish = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({
      unit: fc.constantFrom(
        'a',
        'B',
        ' ',
        '.',
        '🤞',
        '\n',
        '\r',
        '[',
        '\\',
        '\t',
        '\u00a0',
        '<b>',
        '</b>',
        '<',
        '&amp;',
      ),
      maxLength: 8,
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 1, {}, [], '\ud800', '\0') },
);
const labelish = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>('PER', 'a b', '__proto__', 'x|y', ')') },
  { weight: 1, arbitrary: fc.constantFrom<unknown>('', null, 3) },
);
const span = fc.record({ start: numberish, end: numberish, label: labelish });
const triple = span.map(({ start, end, label }) => [start, end, label]);
const htmlish = fc
  .array(fc.constantFrom('<p>', '</p>', '<br>', 'a', ' b', '🤞', '&amp;', '<!--', '<table>', '\n'), { maxLength: 8 })
  .map((pieces) => pieces.join(''));
const path = fc.constantFrom<unknown>('/p[1]/text()[1]', '/text()[1]', '/', '//', null, 1);
const htmlRange = fc.record({
  start: path,
  end: path,
  startOffset: numberish,
  endOffset: numberish,
  globalOffsets: fc.option(fc.record({ start: numberish, end: numberish }), { nil: undefined }),
  text: fc.constantFrom<unknown>(undefined, 'a', '', 1),
  hypertextlabels: fc.constant(['PER']),
});
const SHAPES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  jsonl: fc.record({ text: textish, spans: fc.array(span, { maxLength: 3 }), id: fc.constantFrom(1, 'x', null) }),
  prodigy: fc.record({
    text: textish,
    spans: fc.array(span, { maxLength: 3 }),
    tokens: fc.array(span, { maxLength: 2 }),
    answer: fc.constantFrom('accept', 'reject'),
  }),
  doccano: fc.record({ text: textish, label: fc.array(triple, { maxLength: 3 }) }),
  spacy: fc.tuple(textish, fc.record({ entities: fc.array(triple, { maxLength: 3 }) })),
  'label-studio': fc.record({
    data: fc.record({ text: fc.oneof({ weight: 2, arbitrary: textish }, { weight: 1, arbitrary: htmlish }) }),
    predictions: fc.constantFrom<unknown>(undefined, undefined, [], [1], {}),
    annotations: fc.array(
      fc.record({
        result: fc.array(
          fc.record({
            type: fc.constantFrom('labels', 'labels', 'hypertextlabels', 'choices'),
            value: fc.oneof(
              { weight: 3, arbitrary: span.map(({ label, ...rest }) => ({ ...rest, labels: [label] })) },
              { weight: 1, arbitrary: htmlRange },
            ),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 2 },
    ),
  }),
  tokens: fc
    .record({
      pairs: fc.array(fc.tuple(textish, fc.oneof(labelish, fc.constantFrom('O', 'B-X'))), { maxLength: 3 }),
      isCut: fc.nat(9),
      document: fc.constantFrom(undefined, 1, 'x'),
    })
    .map(({ pairs, isCut, document }) => ({
      tokens: pairs.map(([token]) => token).slice(isCut === 9 ? 1 : 0),
      tags: pairs.map(([, tag]) => tag),
      document,
    })),
};

/** Files that a reader of some format might meet. */
export function hostileFiles(name: string): fc.Arbitrary<string> {
  const shape = SHAPES[name];
  const pieces = PIECES[shape ? 'json' : name === 'bracket' ? 'bracket' : 'conll'] as readonly string[];
  const unit = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: anyCharacter });
  const soup = fc.array(unit, { maxLength: 30 }).map((units) => units.join(''));
  if (!shape) return soup;
  const values = fc.array(shape, { minLength: 1, maxLength: 3 });
  const lines = values.map((all) => all.map((value) => JSON.stringify(value)).join('\n'));
  const array = values.map((all) => JSON.stringify(all, null, 1));
  return fc.oneof({ weight: 2, arbitrary: soup }, { weight: 4, arbitrary: lines }, { weight: 2, arbitrary: array });
}

/**
 * Whatever a file holds, it is refused with one message, or what is read of it is written and read again the same, but
 * for what the writer says that it cannot hold.
 *
 * @returns whether it was read
 */
export function expectReadOrRefused(format: Format, file: string): boolean {
  const began = performance.now();
  let items: CorpusItem[];
  try {
    items = readAs(format, file).items;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(3);
    expect(error.message).not.toContain('\n');
    return false;
  }
  const { text, issues } = writeAs(format, items);
  if (issues.length === 0) {
    const again = readAs(format, text).items;
    expect(again.map(essence)).toEqual(items.filter(isKept).map(essence));
    expect(writeAs(format, again).text).toBe(text);
  }
  expect(performance.now() - began).toBeLessThan(5000);
  return true;
}

/** A text of nothing but white space is no line of bracket text. */
function isKept(item: CorpusItem): boolean {
  return 'spans' in item || item.tokens.length > 0;
}

function essence(item: CorpusItem): unknown {
  if (!('spans' in item)) return { tokens: item.tokens, tags: item.tags, document: item.document };
  const { text, spans, tokens } = item;
  return { text, spans, tokens };
}
