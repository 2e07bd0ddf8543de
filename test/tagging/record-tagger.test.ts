import { describe, expect, test } from 'vitest';
import { tag } from '../../src/commands/tag.js';
import { writeCheckpoint } from '../../src/model/checkpoint.js';
import { loadModel } from '../../src/tagger.js';
import { ParallelTagger } from '../../src/tagging/parallel-tagger.js';
import { RecordTagger } from '../../src/tagging/record-tagger.js';
import type { InputRecord } from '../../src/text/record.js';
import { drawModel } from '../helpers/small-model.js';

describe('a minimum confidence for tags that mark no spans is refused', () => {
  const plain = writeCheckpoint(drawModel({ tags: ['DT', 'NN', 'VB'], scheme: { name: 'plain', outside: undefined } }));
  const refusal = {
    name: 'UserError',
    exitCode: 2,
    message: expect.stringContaining('confidence applies to entities'),
  };

  test('by the library', () => {
    expect(() => loadModel(plain).tag('Ada left.', { minConfidence: 0.5 })).toThrow(expect.objectContaining(refusal));
    expect(loadModel(plain).tag('Ada left.')).toHaveLength(1);
  });

  test('by the command, before its output is opened', () => {
    const tagger = new ParallelTagger({ bytes: Buffer.from(plain), source: 'model.json' }, 1);
    const options = { from: 'lines', to: 'jsonl', minConfidence: 0.5 } as const;
    expect(() => tag(tagger, [], options)).toThrow(expect.objectContaining(refusal));
  });
});

test('every record has its results in its place, whatever its kind', () => {
  const tagger = new RecordTagger(drawModel());
  const records: InputRecord[] = [
    'Ada left.\r',
    { kind: 'failed', error: 'line 2 is bad' },
    ['Ada', 'lives'],
    { kind: 'piece', text: ' Ada left.\n\nAda lives.\n', start: 7 },
    '',
    { kind: 'sentences', sentences: [['Ada'], ['London', '.']] },
    { kind: 'fields', content: 'Ada left. Ada lives.', fields: '"id":1,' },
  ];
  const results = tagger.tag(records, {});
  expect(results.map((result) => ('text' in result ? result.text : result.error))).toEqual([
    'Ada left.',
    'line 2 is bad',
    'Ada lives',
    ...[' ', 'Ada left.', '\n\n', 'Ada lives.', '\n'],
    '',
    ...['Ada', 'London .'],
    'Ada left. Ada lives.',
  ]);
  const oneByOne = records.flatMap((record) => tagger.tag([record], {}));
  expect(results).toEqual(oneByOne);
});

test('spaces alone separate tokens if asked for', () => {
  const tagger = new RecordTagger(drawModel());
  const count = (cutsAtSpaces: boolean) =>
    tagger.tag(['Ada left.'], { cutsAtSpaces }).map((each) => 'tokens' in each && each.tokens.length);
  expect([count(false), count(true)]).toEqual([[3], [2]]);
});
