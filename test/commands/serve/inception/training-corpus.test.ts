import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readInceptionTraining } from '../../../../src/commands/serve/inception/training-corpus.js';
import { formatNamed } from '../../../../src/formats/formats.js';
import { createSentenceCutter, sentencesOf } from '../../../../src/formats/text-to-sentences.js';
import { readAs } from '../../../helpers/corpus-readers.js';
import { annotate, segmentsOf, trainRequest, type WrittenAnnotation, xmiOf } from '../../../helpers/inception.js';
import { drawModel } from '../../../helpers/small-model.js';
import { userErrorOf } from '../../../helpers/user-error.js';

const { language } = drawModel();

const read = (request: unknown) =>
  readInceptionTraining([new TextEncoder().encode(typeof request === 'string' ? request : JSON.stringify(request))]);

async function corpusOf(documents: readonly string[]) {
  const corpus = await read(trainRequest(documents)).collect({ access: undefined, language });
  const { items, issues } = readAs(formatNamed('jsonl'), new TextDecoder().decode(corpus.bytes));
  const sentences = sentencesOf(
    items,
    'corpus',
    createSentenceCutter((issue) => issues.push(issue)),
  );
  return {
    ...corpus,
    issues,
    sentences: sentences.map(({ tokens, tags }) => ({ tokens: tokens.join(' '), tags: tags.join(' ') })),
  };
}

const TEXT = '😀 Anna Smith lives in London .\r\nBob\nleft Paris-based banks .\nAnna left .';
const document = (...annotations: readonly WrittenAnnotation[]) => {
  const segments = segmentsOf(TEXT).filter(({ type }) => type === 'Token');
  const sentences = ['😀 Anna Smith lives in London .', 'Bob\nleft Paris-based banks .', 'Anna left .'].map((line) => {
    const start = TEXT.indexOf(line);
    return { type: 'Sentence', start, end: start + line.length };
  });
  return xmiOf(TEXT, [...segments, ...sentences, ...annotations]);
};

describe('annotated documents', () => {
  test('become the sentences that have annotations, with the tokens of INCEpTION, line breaks in them too', async () => {
    const { format, count, unit, sentences, notices, issues } = await corpusOf([
      document(annotate(TEXT, 'Anna Smith', 'PER'), annotate(TEXT, 'London', 'LOC'), annotate(TEXT, 'Bob', 'PER')),
    ]);
    expect([format, count, unit]).toEqual(['jsonl', 2, { noun: 'sentence', of: 'INCEpTION' }]);
    expect(sentences).toEqual([
      { tokens: '😀 Anna Smith lives in London .', tags: 'O B-PER I-PER O O B-LOC O' },
      { tokens: 'Bob left Paris-based banks .', tags: 'B-PER O O O O' },
    ]);
    expect(notices).toEqual(['1 sentence without a labelled annotation left out: such sentences may be unread']);
    expect(issues).toEqual([]);
  });

  test('are learnt as far as they have labels that fit: of all else it is told how often it is left out', async () => {
    const { sentences, notices, issues, nameLines } = await corpusOf([
      document(
        annotate(TEXT, 'Anna', 'PER'),
        annotate(TEXT, 'London', undefined),
        annotate(TEXT, 'London .\r\nBob', 'ORG'),
        annotate(TEXT, '\r\n', 'LOC'),
        annotate(TEXT, 'Anna', 'PER', 'inception_internal_predicted="true"'),
        { start: 3, end: 3, more: 'value="PER"' },
        annotate(TEXT, 'Paris', 'LOC'),
        annotate(TEXT, 'banks', 'ORG'),
        annotate(TEXT, 'banks .', 'MISC'),
      ),
    ]);
    expect(sentences).toEqual([
      { tokens: '😀 Anna Smith lives in London .', tags: 'O B-PER O O O ? ?' },
      { tokens: 'Bob left Paris -based banks .', tags: '? O B-LOC O B-MISC I-MISC' },
    ]);
    expect(notices.toSorted()).toEqual([
      '1 annotation over the end of a sentence left out: nothing is learnt of the words',
      '1 annotation that nobody has accepted left out',
      '1 annotation without a label left out: nothing is learnt of the words',
      '1 sentence without a labelled annotation left out: such sentences may be unread',
      '2 annotations outside of all tokens left out',
    ]);
    expect(issues.map(({ kind }) => kind)).toEqual(['overlapping span', 'token cut']);
    expect(issues.map(({ place }) => nameLines(`(at ${place})`, 'corpus'))).toEqual([
      '(at document 42)',
      '(at document 42)',
    ]);
  });

  test('that cannot be read are left out, and it is told why', async () => {
    const good = document(annotate(TEXT, 'Anna', 'PER'));
    const { count, notices } = await corpusOf(['<a/>', good, 'x', '<b/>', '', good]);
    expect(count).toBe(2);
    expect(notices.slice(0, 4)).toEqual([
      'warning: left out: document 42: expected <xmi:XMI>',
      expect.stringMatching(/^warning: left out: document 44: expected XML/),
      'warning: left out: document 45: expected <xmi:XMI>',
      'warning: 4 documents left out in all',
    ]);
  });

  test('give each labelled word its label, wherever annotations lie', async () => {
    const pieces = fc.array(
      fc.record({
        words: fc.array(fc.constantFrom('Ada', '😀', 'é'), { minLength: 1, maxLength: 4 }),
        label: fc.constantFrom('PER', 'LOC', ''),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { minLength: 1, maxLength: 4 }), async (lines) => {
        const text = lines.map((line) => line.map(({ words }) => words.join(' ')).join(' ')).join('\n');
        let start = 0;
        const annotations = lines.flat().flatMap(({ words, label }) => {
          const end = start + words.join(' ').length;
          const annotation = { start, end, more: `value="${label}"` };
          start = end + 1;
          return label === '' ? [] : [annotation];
        });
        const { sentences, count } = await corpusOf([xmiOf(text, [...annotations, ...segmentsOf(text)])]);
        const expected = lines
          .filter((line) => line.some(({ label }) => label !== ''))
          .map((line) => ({
            tokens: line.map(({ words }) => words.join(' ')).join(' '),
            tags: line
              .flatMap(({ words, label }) =>
                words.map((_, t) => (label === '' ? 'O' : `${t === 0 ? 'B' : 'I'}-${label}`)),
              )
              .join(' '),
          }));
        expect(sentences).toEqual(expected);
        expect(count).toBe(expected.length);
      }),
      { numRuns: 50 },
    );
  });

  test('take no time that grows faster than they do, however annotations overlap', async () => {
    const text = 'a .\n'.repeat(10_000);
    const wide = Array.from({ length: 10_000 }, (_, index) => ({
      start: 4 * index,
      end: text.length,
      more: 'value="A"',
    }));
    const narrow = Array.from({ length: 10_000 }, (_, index) => ({
      start: 4 * index,
      end: 4 * index + 1,
      more: 'value="B"',
    }));
    const begin = performance.now();
    const source = read(trainRequest([xmiOf(text, [...segmentsOf(text), ...wide, ...narrow])]));
    expect((await source.collect({ access: undefined, language })).count).toBe(10_000);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});

test.each<readonly [request: unknown, message: string]>([
  ['no JSON', 'expected JSON'],
  [{}, 'expected an object as "metadata"'],
  [{ ...trainRequest([]), documents: {} }, 'expected a list as "documents"'],
  [trainRequest([]), 'no document has been annotated'],
  [{ ...trainRequest([]), documents: [5] }, 'expected an object as document 1'],
  [trainRequest(['<a/>']), 'document 42: expected <xmi:XMI>'],
  [trainRequest([document()], { feature: 'identity' }), 'has no feature identity'],
])('a request that is not as it should be is refused: %#', (request, message) => {
  const error = userErrorOf(() => read(request));
  expect(error.message).toContain(message);
  expect(error.exitCode).toBe(3);
});

test('a model whose tags mark no names does not learn', async () => {
  const { language: plain } = drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } });
  const source = read(trainRequest([document(annotate(TEXT, 'Anna', 'PER'))]));
  await expect(source.collect({ access: undefined, language: plain })).rejects.toThrow('mark no names');
});
