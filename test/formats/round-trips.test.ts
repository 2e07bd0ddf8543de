import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BratWriter, readBrat } from '../../src/formats/brat.js';
import { FORMAT_NAMES } from '../../src/formats/format-names.js';
import { detectFormat, formatNamed } from '../../src/formats/formats.js';
import { tagReadingOfStream, textOfSentence } from '../../src/formats/sentence-to-text.js';
import { tagsOf } from '../../src/text/scheme.js';
import type { AnnotatedText, Sentence } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';
import { readAs, spanTexts, writeAs } from '../helpers/corpus-readers.js';

const NAMES = FORMAT_NAMES.filter((name) => name !== 'brat');
/** Formats that say where tokens begin and end, or have a line each for them. */
const WITH_TOKENS = ['conll', 'iob2', 'conllu', 'tokens', 'jsonl', 'prodigy', 'bracket'];

const word = fc.string({
  unit: fc.constantFrom('a', 'B', 'É', '漢', '🤞', '.', ',', '"', '[', ']', '\\', '(', ')', '-', '#', '1', '\u200b'),
  minLength: 1,
  maxLength: 4,
});

/** A corpus whose documents are runs of sentences. */
const corpus: fc.Arbitrary<Sentence[]> = fc
  .array(
    fc
      .tuple(spansOfSentence, fc.array(word, { minLength: 40, maxLength: 40 }), fc.boolean())
      .filter(([{ length }]) => length > 0 && length <= 40),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => {
    let document = 0;
    return pieces.map(([{ length, spans }, words, isNext], index) => {
      if (isNext && index > 0) document++;
      const tags = tagsOf(spans, length, { name: 'iob2', outside: 'O' });
      return { tokens: words.slice(0, length), tags, document, line: index + 1 };
    });
  });

const essence = ({ tokens, tags, document }: Sentence) => ({ tokens, tags, document });

describe('what a format can hold, it gives back:', () => {
  test.each(NAMES)('%s has the same spans', (name) => {
    const format = formatNamed(name);
    fc.assert(
      fc.property(corpus, (sentences) => {
        const { text, issues } = writeAs(format, sentences);
        expect(issues).toEqual([]);
        expect(spanTexts(readAs(format, text).items)).toEqual(spanTexts(sentences));
      }),
      { numRuns: 100 },
    );
  });

  test.each(WITH_TOKENS)('%s has the same tokens, tags and documents', (name) => {
    const format = formatNamed(name);
    fc.assert(
      fc.property(corpus, (sentences) => {
        const { text } = writeAs(format, sentences);
        const back = writeAs(formatNamed('conll'), readAs(format, text).items).text;
        expect(readAs(formatNamed('conll'), back).items.map((item) => essence(item as Sentence))).toEqual(
          sentences.map(essence),
        );
      }),
      { numRuns: 100 },
    );
  });

  test.each(['iob2', 'conllu', 'tokens', 'jsonl', 'prodigy', 'doccano', 'spacy', 'label-studio'])(
    '%s is known by what is in it',
    (name) => {
      fc.assert(
        fc.property(corpus, (sentences) => {
          fc.pre(name === 'iob2' || name === 'conllu' || spanTexts(sentences.slice(0, 1)).length > 0);
          const { text } = writeAs(formatNamed(name), sentences);
          expect(detectFormat(text, 'corpus')).toBe(formatNamed(name));
        }),
        { numRuns: 50 },
      );
    },
  );

  test('brat has the same spans, in offsets of code points', () => {
    fc.assert(
      fc.property(corpus, (sentences) => {
        const refuse = (): never => expect.unreachable();
        const writer = new BratWriter(refuse);
        const pieces = sentences.map((each) =>
          writer.write(textOfSentence(each, tagReadingOfStream({}), 'corpus', refuse), 'corpus'),
        );
        const [text, annotations] = [pieces.map((p) => p.text).join(''), pieces.map((p) => p.annotations).join('')];
        const record = readBrat(text, annotations, { text: 'a.txt', annotations: 'a.ann' }, undefined, refuse);
        expect(spanTexts([record])).toEqual(spanTexts(sentences));
      }),
      { numRuns: 100 },
    );
  });
});

const TEXT = 'Ada 🤞 met\nBabbage in Turin';
const OVERLAPS: AnnotatedText = {
  text: TEXT,
  line: 3,
  spans: [
    { label: 'PER', start: 0, end: 3 },
    { label: 'X', start: 0, end: 11 },
    { label: 'LOC', start: 22, end: 27 },
  ],
};

describe('spans that overlap', () => {
  test.each(['jsonl', 'prodigy', 'doccano', 'label-studio'])('are held by %s', (name) => {
    const { text, issues } = writeAs(formatNamed(name), [OVERLAPS]);
    expect(issues).toEqual([]);
    const [back] = readAs(formatNamed(name), text).items;
    expect(back).toMatchObject({ text: TEXT, spans: OVERLAPS.spans });
  });

  test.each(['conll', 'iob2', 'conllu', 'tokens', 'bracket', 'spacy'])(
    'are left out by %s, and told with their place',
    (name) => {
      const { text, issues } = writeAs(formatNamed(name), [OVERLAPS]);
      expect(issues[0]).toMatchObject({
        kind: 'overlapping span',
        place: 'corpus:3',
      });
      expect(issues[0]?.what).toBe('PER "Ada" (0 to 3) overlaps X (0 to 11); left out');
      expect(spanTexts(readAs(formatNamed(name), text).items)).toContain('LOC Turin');
    },
  );
});

test('a span of several pieces is told by every format but brat', () => {
  const parts = [
    { start: 0, end: 3 },
    { start: 11, end: 18 },
  ];
  const record = { text: TEXT, line: 3, spans: [{ label: 'PER', start: 0, end: 18, parts }] };
  for (const name of NAMES)
    expect(writeAs(formatNamed(name), [record]).issues, name).toMatchObject([
      { kind: 'discontinuous span', place: 'corpus:3' },
    ]);
  const { text, annotations } = new BratWriter(() => expect.unreachable()).write(record, 'corpus');
  expect(annotations).toBe('T1\tPER 0 3;10 17\tAda Babbage\n');
  const names = { text: 'a.txt', annotations: 'a.ann' };
  expect(readBrat(text, annotations, names, undefined, () => {}).spans).toEqual(record.spans);
});

test('each format has the name by which it is found', () => {
  for (const name of FORMAT_NAMES.filter((each) => each !== 'brat')) expect(formatNamed(name).name).toBe(name);
});
