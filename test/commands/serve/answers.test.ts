import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerQuestions } from '../../../src/commands/serve/answers.js';
import type { Answers, Question } from '../../../src/server/answering-queue.js';
import { taggedSchema } from '../../../src/server/protocol.js';
import { RecordTagger } from '../../../src/tagging/record-tagger.js';
import { drawModel } from '../../helpers/small-model.js';

const answerer = { tagger: new RecordTagger(drawModel()), version: 'rnn-1' };
/** Nobody stops waiting. */
const NEVER = Number.POSITIVE_INFINITY;
const questionOf = (text: string): Question => ({ kind: 'tag', body: [new TextEncoder().encode(text)] });

/** The answers as texts, with what they are. */
function textsOf({ bytes, parts }: Answers): { status: number; tokens: number; text: string }[] {
  let start = 0;
  return parts.map(({ status, end, tokens }) => {
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    start = end;
    return { status, tokens, text };
  });
}

const answersTo = (...bodies: readonly string[]) => textsOf(answerQuestions(answerer, bodies.map(questionOf), NEVER));

function errorOf(body: string): { error: string; hint: string } {
  const [{ status, text }] = answersTo(body);
  expect(status).toBe(400);
  return JSON.parse(text);
}

const options = fc.record(
  {
    minConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
    top: fc.integer({ min: 0, max: 3 }),
    to: fc.constantFrom('jsonl', 'redacted'),
    id: fc.oneof(fc.string(), fc.integer()),
    meta: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const words = fc.array(fc.constantFrom('Ada', 'lives', 'in', 'London', '"tag":', 'é😀'), { maxLength: 12 });
const records = fc.tuple(options, words).map(([fields, tokens]) => ({ ...fields, text: tokens.join(' ') }));
const bodies = fc
  .oneof(records, fc.array(records, { maxLength: 4 }), fc.constantFrom('[', 5, { text: 1 }, { texts: '' }))
  .map((value) => JSON.stringify(value));

describe('bodies that are answered together', () => {
  test('get the answers that each gets alone', () => {
    fc.assert(
      fc.property(fc.array(bodies, { maxLength: 6 }), (all) => {
        expect(answersTo(...all)).toEqual(all.flatMap((body) => answersTo(body)));
      }),
    );
  });

  test('are as the schema of answers says, a record for each that came, with as many tokens as are counted', () => {
    fc.assert(
      fc.property(fc.array(records, { maxLength: 4 }), (list) => {
        const [{ status, text, tokens }] = answersTo(JSON.stringify(list));
        expect(status).toBe(200);
        const answers = taggedSchema.strict().array().parse(JSON.parse(text));
        expect(answers.map((answer) => [answer.id, answer.text])).toEqual(list.map((each) => [each.id, each.text]));
        expect(answers.flatMap((answer) => answer.tokens).length).toBe(tokens);
        for (const [index, { alternatives, spans, redacted }] of answers.entries()) {
          const { top = 0, minConfidence = 0, to } = list[index];
          expect(redacted?.spans.length).toBe(to === 'redacted' ? spans.length : undefined);
          expect(alternatives === undefined || alternatives.length <= top).toBe(true);
          for (const { confidence = 1 } of spans) expect(confidence).toBeGreaterThan(minConfidence - 1e-4);
        }
      }),
    );
  });

  test('may come in pieces that cut characters', () => {
    const body = Buffer.from('{"text":"é😀 lives"}');
    const pieces = Array.from(body, (byte) => Uint8Array.of(byte));
    expect(textsOf(answerQuestions(answerer, [{ kind: 'tag', body: pieces }], NEVER))).toEqual(
      answersTo(body.toString()),
    );
  });
});

test('many records of one body are tagged as each alone', () => {
  const texts = Array.from({ length: 900 }, (_, index) => `Ada ${index} lives in London in ${index % 7} .`);
  const list = JSON.parse(answersTo(JSON.stringify(texts.map((text) => ({ text }))))[0].text);
  expect(list.slice(-3)).toEqual(
    texts.slice(-3).map((text) => JSON.parse(answersTo(JSON.stringify({ text }))[0].text)),
  );
});

describe('a field that is refused', () => {
  test.each([
    ['body: unknown field "minConfidense"', '{"text":"a","minConfidense":0.5}', 'did you mean minConfidence?'],
    ['body: unknown field "min_confidence"', '{"text":"a","min_confidence":0.5}', 'did you mean minConfidence?'],
    [
      'body, record 2: unknown field "note"',
      '[{"text":"a"},{"text":"a","note":1}]',
      'put what is your own into "meta"',
    ],
    ['body: unknown field "__proto__"', '{"text":"a","__proto__":1}', 'put what is your own into "meta"'],
    [`body: unknown field "${'x'.repeat(40)}"`, `{"text":"a","${'x'.repeat(90_000)}":1}`, 'the fields are'],
    ['body: "minConfidence": ', '{"text":"a","minConfidence":2}', 'send {"text"'],
    ['body: "minConfidence": ', '{"text":"a","minConfidence":"0.5"}', 'send {"text"'],
    ['body: "top": ', '{"text":"a","top":1.5}', 'send {"text"'],
    ['body: "top": ', '{"text":"a","top":1000000}', 'send {"text"'],
    ['body: "to": ', '{"text":"a","to":"html"}', 'send {"text"'],
    ['body: "id": ', '{"text":"a","id":{}}', 'send {"text"'],
  ])('is named: %s', (message, body, hint) => {
    const refused = errorOf(body);
    expect(refused.error).toContain(message);
    expect(refused.hint).toContain(hint);
  });

  test('is a minimum confidence where tags mark no entities', () => {
    const plain = new RecordTagger(drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } }));
    const [{ status, text }] = textsOf(
      answerQuestions({ ...answerer, tagger: plain }, [questionOf('{"text":"a","minConfidence":0.5}')], NEVER),
    );
    expect([status, JSON.parse(text).error]).toEqual([400, expect.stringContaining('tags of this model mark none')]);
  });
});

test('names are replaced in the style that each record asks for, anew in each', () => {
  const styles = [undefined, 'label', 'number', 'pseudonym'];
  const list = styles.map((style) => ({ text: 'Ada lives in London.', to: 'redacted', style }));
  const answers = JSON.parse(answersTo(JSON.stringify([...list, ...list]))[0].text);
  const texts = answers.map(({ redacted }: { redacted: { text: string } }) => redacted.text);
  expect(texts.slice(4)).toEqual(texts.slice(0, 4));
  expect(texts[1]).toBe(texts[0]);
  expect(new Set(texts).size).toBe(3);
});

test.each([
  ['{"text":"a","style":"number"}', '"style" belongs to "to": "redacted"'],
  ['{"text":"a","to":"redacted","style":"other"}', '"style"'],
  ['{"text":"a","recall":0.9}', '"recall" belongs to "to": "redacted"'],
  ['{"text":"a","to":"redacted","recall":1}', '"recall"'],
  ['{"text":"a","to":"redacted","recall":0.9,"minConfidence":0.5}', '"recall" and "minConfidence"'],
  ['{"text":"a","to":"redacted","recall":0.9}', 'does not say how surely names of dev were found'],
])('%s is refused', (body, message) => {
  expect(errorOf(body).error).toContain(message);
});

test('unsure words are hidden, too, where a recall is asked for', () => {
  const unsure = new RecordTagger({
    ...drawModel({ seed: 2 }),
    hiding: { names: [new Array(40).fill(3)], outside: [] },
  });
  const record = { text: 'Ada lives in London.', to: 'redacted' };
  const body = questionOf(JSON.stringify([record, { ...record, recall: 0.9 }]));
  const [{ text }] = textsOf(answerQuestions({ ...answerer, tagger: unsure }, [body], NEVER));
  const [found, hidden] = JSON.parse(text).map(({ redacted }: { redacted: { text: string } }) => redacted.text);
  expect(found).toBe('[PER].');
  expect(hidden).toMatch(/^\[PER\]\[\w+\]$/);
});

test('nothing is redacted by a model whose tags mark no names', () => {
  const plain = new RecordTagger(drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } }));
  const [{ status, text }] = textsOf(
    answerQuestions({ ...answerer, tagger: plain }, [questionOf('{"text":"a","to":"redacted"}')], NEVER),
  );
  expect([status, JSON.parse(text).error]).toEqual([400, expect.stringContaining('mark no names')]);
});

test('a record of over 1 MB is refused, in a list too', () => {
  const long = { text: 'Ada '.repeat(260_000) };
  expect(errorOf(JSON.stringify(long)).error).toBe('body: a record is at most 1 MB long');
  expect(errorOf(JSON.stringify([{ text: '' }, long])).error).toBe('body, record 2: a record is at most 1 MB long');
});

test('what nobody waits for any more is not tagged', () => {
  const list = JSON.stringify(Array.from({ length: 100_000 }, () => ({ text: 'Ada lives in London.' })));
  const start = performance.now();
  const [{ status, tokens }] = textsOf(answerQuestions(answerer, [questionOf(list)], Date.now() + 10));
  expect([status, tokens]).toEqual([503, 0]);
  expect(performance.now() - start).toBeLessThan(5000);
});
