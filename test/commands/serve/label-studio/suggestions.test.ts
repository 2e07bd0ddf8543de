import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerQuestions } from '../../../../src/commands/serve/answers.js';
import type { QuestionKind } from '../../../../src/server/answering-queue.js';
import { RecordTagger } from '../../../../src/tagging/record-tagger.js';
import { drawModel } from '../../../helpers/small-model.js';

const tagger = new RecordTagger(drawModel({ seed: 2 }));

const CONFIGURATION = `<View><Labels name="ner" toName="quelle">
  <Label value="Person" predicted_values="PER"/><Label value="LOC"/>
</Labels><Text name="quelle" value="$body"/></View>`;

function ask(kind: QuestionKind, request: unknown, by = tagger) {
  const body = [new TextEncoder().encode(typeof request === 'string' ? request : JSON.stringify(request))];
  const { bytes, parts } = answerQuestions(
    { tagger: by, version: 'rnn-1' },
    [{ kind, body }],
    Number.POSITIVE_INFINITY,
  );
  return { status: parts[0].status, tokens: parts[0].tokens, answer: JSON.parse(new TextDecoder().decode(bytes)) };
}

const predict = (texts: readonly unknown[], configuration = CONFIGURATION, by = tagger) =>
  ask('predict', { tasks: texts.map((text, id) => ({ id, data: { body: text } })), label_config: configuration }, by);

describe('predictions', () => {
  const words = fc.array(fc.constantFrom('Ada', 'lives', 'in', 'London', 'é😀', '😀😀', '<b>', '&amp;', '\r\n'), {
    maxLength: 8,
  });

  test('are as many as the tasks, and their spans are counted in code points', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (lists) => {
        const texts = lists.map((list) => list.join(' '));
        const { status, answer } = predict(texts);
        expect(status).toBe(200);
        expect(answer.model_version).toBe('rnn-1');
        expect(answer.results).toHaveLength(texts.length);
        for (const [index, { result, score, model_version }] of answer.results.entries()) {
          expect(model_version).toBe('rnn-1');
          const scores = result.map((each: { score: number }) => each.score);
          expect(score).toBe(scores.length > 0 ? Math.min(...scores) : undefined);
          for (const { from_name, to_name, type, value } of result) {
            expect([from_name, to_name, type]).toEqual(['ner', 'quelle', 'labels']);
            expect([...texts[index]].slice(value.start, value.end).join('')).toBe(value.text);
            expect(['Person', 'LOC']).toContain(value.labels[0]);
          }
        }
      }),
    );
  });

  test('are those of rnn tag', () => {
    const text = '😀 Ada lives in London.';
    const { answer, tokens } = predict([text]);
    const [tagged] = tagger.tag([text], { confidence: true });
    if (!('spans' in tagged)) throw new Error('not tagged');
    expect(tagged.spans.length).toBeGreaterThan(0);
    expect(answer.results[0].result.map(({ value }: { value: { text: string } }) => value.text)).toEqual(
      tagged.spans.map((span) => span.text),
    );
    expect(tokens).toBe(tagged.tokens.length);
  });

  test('of a label are given to each <Labels> of the text that has it', () => {
    const controls = `<View><Labels name="who" toName="t"><Label value="PER"/></Labels>
      <Labels name="where" toName="t"><Label value="Place" predicted_values="LOC"/><Label value="Name" predicted_values="PER"/></Labels>
      <Labels name="turn" toName="sound"><Label value="PER"/></Labels>
      <Text name="t" value="$body"/><Audio name="sound" value="$sound"/></View>`;
    const text = 'Ada lives . in London Ada';
    const both = new RecordTagger(drawModel({ seed: 3 }));
    const { answer } = predict([text], controls, both);
    const [tagged] = both.tag([text], {});
    if (!('spans' in tagged)) throw new Error('not tagged');
    const labels = tagged.spans.map(({ label }) => label);
    expect(new Set(labels)).toEqual(new Set(['LOC', 'PER']));
    const [{ result, score }] = answer.results;
    const namesOf = (name: string): string[] =>
      result.flatMap((each: { from_name: string; value: { labels: string[] } }) =>
        each.from_name === name ? each.value.labels : [],
      );
    expect(namesOf('who')).toEqual(labels.filter((label) => label === 'PER'));
    expect(namesOf('where')).toEqual(labels.map((label) => (label === 'PER' ? 'Name' : 'Place')));
    expect(namesOf('turn')).toEqual([]);
    const ids = result.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(score).toBe(Math.min(...result.map((each: { score: number }) => each.score)));
    const { answer: connected } = ask('setup', {
      schema: controls.replace('<Label value="Place"', '<Label value="x"'),
    });
    expect(connected).toMatchObject({ labels: { PER: 'PER', LOC: 'x' }, unused_labels: [] });
  });

  test('leave out labels that the project does not offer', () => {
    const none = CONFIGURATION.replace('"LOC"', '"PLACE"').replace('PER', 'MISC');
    const { status, answer } = predict(['Ada lives in London.'], none);
    expect([status, answer.results]).toEqual([200, [{ model_version: 'rnn-1', result: [] }]]);
  });

  test('of a number are those of its digits, as Label Studio reads and shows columns of numbers', () => {
    expect(predict([42]).status).toBe(200);
  });

  test.each([
    ['no JSON', 'expected JSON'],
    ['[]', 'expected an object as the request'],
    [{ tasks: [] }, 'expected the labelling configuration as "label_config"'],
    [{ tasks: [], label_config: '<View/>' }, 'no <Labels> belong to a <Text>'],
    [{ label_config: CONFIGURATION }, 'expected a list as "tasks"'],
    [{ label_config: CONFIGURATION, tasks: [5] }, 'task 1: expected an object'],
    [{ label_config: CONFIGURATION, tasks: [{ data: { body: '' } }, { data: {} }] }, 'task 2: "data" has no "body"'],
    [{ label_config: CONFIGURATION, tasks: [{ data: { body: null } }] }, 'task 1: "data" has no "body"'],
    [{ label_config: CONFIGURATION, tasks: [{ data: { body: ['a'] } }] }, 'task 1: expected a text'],
    [{ label_config: CONFIGURATION, tasks: [{ data: { body: '\ud800' } }] }, 'half a character'],
    [{ label_config: CONFIGURATION, tasks: [{ data: { body: 'a '.repeat(600_000) } }] }, 'at most 1 MB'],
    ['['.repeat(10_000), 'nested'],
  ])('are refused: %#', (request, message) => {
    const { status, answer } = ask('predict', request);
    expect(status).toBe(400);
    expect(answer.error).toContain(message);
    expect(`${answer.hint}`).not.toContain('--');
  });
});

test('/setup tells what the model is called, and which of its labels the project has', () => {
  expect(ask('setup', { project: '1.2', schema: CONFIGURATION, access_token: 'secret' })).toEqual({
    status: 200,
    tokens: 0,
    answer: { model_version: 'rnn-1', labels: { LOC: 'LOC', PER: 'Person' }, unused_labels: [] },
  });
  const other = ask('setup', { schema: CONFIGURATION.replace('LOC', 'PLACE') });
  expect(other.answer).toMatchObject({ labels: { PER: 'Person' }, unused_labels: ['LOC'] });
});

test('a model whose tags mark no names is not connected', () => {
  const plain = new RecordTagger(drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } }));
  const { status, answer } = ask('setup', { schema: CONFIGURATION }, plain);
  expect([status, answer.error]).toEqual([400, expect.stringContaining('mark no names')]);
});
