import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCheckpoint } from '../src/model/checkpoint.js';
import { loadModel } from '../src/tagger.js';
import { Folder } from './helpers/cli.js';
import { drawModel } from './helpers/small-model.js';

const CHECKPOINT = writeCheckpoint(drawModel({ settings: { decoder: 'crf' } }));
const model = loadModel(CHECKPOINT);
const TEXT = 'Ada lives in London. “Zürich,” said Bob—the 🦋 man—\nand left.\r\n\r\nHe was there; Ada wasn’t.';

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('a model', () => {
  test('is loaded from text or from the object that its JSON is', () => {
    expect(loadModel(JSON.parse(CHECKPOINT)).tag(TEXT)).toEqual(model.tag(TEXT));
    expect(model.labels).toEqual(['LOC', 'PER']);
  });

  test('is refused where it is none, with the name that it was given', () => {
    expect(() => loadModel('nonsense', 'names.json')).toThrow(/^names\.json: expected a checkpoint/);
    expect(() => loadModel({ format: 'other' })).toThrow(/^the checkpoint: expected a checkpoint/);
  });

  test('refuses wishes that mean nothing', () => {
    expect(() => model.tag('Ada', { minConfidence: 2 })).toThrow('minConfidence: expected a number from 0 to 1');
    expect(() => model.tag('Ada', { top: 0.5 })).toThrow('top: expected a whole number');
  });
});

describe('redacting', () => {
  const found = model.tag(TEXT).flatMap(({ spans }) => spans);

  test('replaces the names that tagging finds, and leaves all else', () => {
    const { text, spans } = model.redact(TEXT, { style: 'number' });
    expect(spans.map(({ label, original }) => ({ label, ...original }))).toEqual(
      found.map(({ label, start, end }) => ({ label, start, end })),
    );
    let restored = text;
    for (const { start, end, original } of [...spans].reverse())
      restored = restored.slice(0, start) + TEXT.slice(original.start, original.end) + restored.slice(end);
    expect(restored).toBe(TEXT);
  });

  test('hides more with a recall, if dev has enough names for it', () => {
    const hiding = { names: [new Array(40).fill(3)], outside: [[1, 1] as const] };
    const unsure = loadModel(writeCheckpoint({ ...drawModel({ settings: { decoder: 'crf' } }), hiding }));
    expect(unsure.redact(TEXT, { recall: 0.9 }).text).not.toMatch(/[a-z]/);
    expect(() => unsure.redact(TEXT, { recall: 0.99 })).toThrow('takes 299 names in dev, and it had 40');
    expect(() => model.redact(TEXT, { recall: 0.9 })).toThrow('does not say how surely names of dev were found');
  });

  test('is refused where options mean nothing, or tags mark no names', () => {
    expect(() => model.redact(TEXT, { recall: 1 })).toThrow('expected a recall between 0 and 1, found number');
    expect(() => model.redact(TEXT, { style: 'x' as 'label' })).toThrow('a style of label, number or pseudonym');
    const plain = drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } });
    expect(() => loadModel(writeCheckpoint(plain)).redact(TEXT)).toThrow('the tags of this model mark none');
  });
});

describe('what no compiler has checked is refused with a UserError that says what was expected:', () => {
  const anything = model as unknown as Record<string, (...values: unknown[]) => unknown>;

  test.each([
    ['tag', [undefined], 'expected a text, found undefined'],
    ['tag', [['Ada']], 'expected a text, found a list'],
    ['tag', ['Ada', null], 'expected an object of options, found null'],
    ['tag', ['Ada', { minConfidence: '0.5' }], 'minConfidence: expected a number'],
    ['tagTokens', ['ab'], 'expected a list of tokens, found "ab"'],
    ['tagTokens', [['a', 5]], 'expected a list of tokens, found a list'],
    ['tagTokens', [undefined], 'expected a list of tokens, found undefined'],
    ['tagSentences', ['ab'], 'expected a list of sentences, found "ab"'],
    ['tagSentences', [['Ada', 5]], 'expected a sentence, which is a text or a list of tokens, found number'],
    ['tagSentences', [[{ kind: 'failed', error: 'x' }]], 'expected a sentence'],
  ])('%s(...%j)', (method, given, message) => {
    expect(() => anything[method]?.(...given)).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ['tagStream', undefined, 'expected an iterable of sentences, found undefined'],
    ['tagStream', 'ab', 'expected an iterable of sentences, found "ab"'],
    ['tagStream', [null], 'expected a sentence'],
    ['tagTextStream', 5, 'expected an iterable of texts, found number'],
    ['tagTextStream', [5], 'expected a text, found number'],
  ])('%s(%j)', async (method, given, message) => {
    const tagAll = () => collect(anything[method]?.(given) as AsyncIterable<unknown>);
    await expect(tagAll()).rejects.toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) }),
    );
  });

  test.each([[undefined], [null], [5], [[]]])('loadModel(%j)', (given) => {
    expect(() => loadModel(given as never)).toThrow(expect.objectContaining({ name: 'UserError' }));
  });
});

describe('offsets', () => {
  test('index the text that was tagged, of any Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        const text = `${noise} ${TEXT} ${noise}`;
        let end = 0;
        for (const sentence of model.tag(text, { top: 2 })) {
          expect(sentence.start).toBeGreaterThanOrEqual(end);
          end = sentence.end;
          const others = (sentence.alternatives ?? []).flatMap(({ spans }) => spans);
          for (const piece of [sentence, ...sentence.tokens, ...sentence.spans, ...others])
            expect(text.slice(piece.start, piece.end)).toBe(piece.text);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('of tokens index the tokens with a space between two of them', () => {
    const { text, tokens } = model.tagTokens(['Ada', 'left', '.']);
    expect(text).toBe('Ada left .');
    expect(tokens.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [4, 8],
      [9, 10],
    ]);
    expect(model.tagTokens([])).toEqual({ text: '', start: 0, end: 0, tokens: [], spans: [] });
  });
});

test('every span has a confidence, and less probable ones than wished are left out', () => {
  const all = model.tag(TEXT).flatMap(({ spans }) => spans.map(({ confidence = -1 }) => confidence));
  expect(all.length).toBeGreaterThan(2);
  for (const confidence of all) expect(confidence > 0 && confidence <= 1).toBe(true);
  const least = [...all].sort((a, b) => a - b)[1] as number;
  const left = model.tag(TEXT, { minConfidence: least }).flatMap(({ spans }) => spans);
  expect(left.length).toBeLessThan(all.length);
  expect(left.length).toBeGreaterThan(0);
});

describe('a stream of sentences', () => {
  const SENTENCES = Array.from({ length: 150 }, (_, index) =>
    index % 3 ? `Ada is ${index}.` : ['London', `${index}`],
  );

  test('gives the same as the sentences at once, in order', async () => {
    const expected = model.tagSentences(SENTENCES);
    expect(await collect(model.tagStream(SENTENCES))).toEqual(expected);
    expect(expected[1]).toEqual(model.tagSentences(['Ada is 1.'])[0]);
  });

  test('tags what has come without waiting for more, and passes an error on after it', async () => {
    let sent = 0;
    let isClosed = false;
    async function* slow(): AsyncGenerator<string> {
      try {
        for (; ; sent++) {
          if (sent === 3) throw new Error('the line went dead');
          yield 'Ada left.';
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      } finally {
        isClosed = true;
      }
    }
    const seen: number[] = [];
    await expect(async () => {
      for await (const _ of model.tagStream(slow())) seen.push(sent);
    }).rejects.toThrow('the line went dead');
    expect(seen).toEqual([0, 1, 2]);
    expect(isClosed).toBe(true);
  });

  test('reads no further than a group ahead, and closes its source when nobody wants more', async () => {
    let sent = 0;
    let isClosed = false;
    function* endless(): Generator<string> {
      try {
        for (;;) {
          sent++;
          yield 'Ada';
        }
      } finally {
        isClosed = true;
      }
    }
    for await (const sentence of model.tagStream(endless())) if (sentence.text === 'Ada') break;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(sent).toBeLessThan(100);
    expect(isClosed).toBe(true);
  });
});

test('a text in pieces of any size gives what the whole gives', async () => {
  const text = `${TEXT}\n`.repeat(20);
  for (const size of [1, 7, 1000]) {
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
      text.slice(n * size, (n + 1) * size),
    );
    expect(await collect(model.tagTextStream(pieces))).toEqual(model.tag(text));
  }
});

test('the command says the same, in JSON lines', async () => {
  const folder = new Folder();
  folder.write('model.json', CHECKPOINT);
  const { stdout } = await folder.mustRun(['tag', '--from', 'text', '--to', 'jsonl'], { input: TEXT });
  const expected = model.tag(TEXT).map(({ spans, ...sentence }) => ({
    ...sentence,
    spans: spans.map((span) => ({ ...span, confidence: Number(span.confidence?.toFixed(4)) })),
  }));
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
});
