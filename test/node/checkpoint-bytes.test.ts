import { describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { parseCheckpoint } from '../../src/node/model-file.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { drawModel } from '../helpers/small-model.js';

/** Large enough that some numbers stay bytes, and others become strings. */
const model = drawModel({
  vectorWords: Array.from({ length: 300 }, (_, index) => `word${index}`),
  words: ['Ada', '"data":"', 'Zürich', '🦋', '(0)'],
  settings: { hidden: 20, input: 'concatenate' },
});
const text = writeCheckpoint(model);

/** The same value with all numbers as strings. */
function withStrings(json: unknown): unknown {
  // Buffers are written as objects of this type.
  return JSON.parse(JSON.stringify(json), (_, value) =>
    value?.type === 'Buffer' ? `${Buffer.from(value.data)}` : value,
  );
}

function errorOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

describe('a checkpoint that is parsed from bytes', () => {
  const parsed = parseCheckpoint(Buffer.from(text), 'model.json') as Record<string, never>;

  test('has its long numbers as bytes, and all else as JSON.parse gives it', () => {
    const { parameters } = parsed as Record<string, Record<string, { data: unknown }>>;
    const kinds = Object.values(parameters ?? {}).map(({ data }) => typeof data);
    expect(new Set(kinds)).toEqual(new Set(['object', 'string']));
    expect(withStrings(parsed)).toEqual(JSON.parse(text));
  });

  test('is the same model', () => {
    expect(writeCheckpoint(readCheckpoint(parsed, 'model.json', createReferenceKernels()))).toBe(text);
  });

  test('may be spelt otherwise: with spaces, keys in another order', () => {
    const content = Object.fromEntries(Object.entries(JSON.parse(text)).reverse());
    for (const spelt of [JSON.stringify(content), JSON.stringify(content, undefined, 2)]) {
      const json = parseCheckpoint(Buffer.from(spelt), 'model.json');
      expect(writeCheckpoint(readCheckpoint(json, 'model.json', createReferenceKernels()))).toBe(text);
    }
  });
});

const read = (bytes: Buffer) => readCheckpoint(parseCheckpoint(bytes, 'm'), 'm', createReferenceKernels());

test.each([
  ['cut short', text.slice(0, text.length - 100)],
  ['cut within numbers', text.slice(0, text.indexOf('"data":"') + 50)],
  ['with a comma too many behind numbers', text.replace(/\}\n$/, ',}\n')],
])('damaged, it is told with the words and places that the text would be: %s', (_, damaged) => {
  const expected = errorOf(() => readCheckpoint(damaged, 'm', createReferenceKernels()));
  expect(expected).toBeInstanceOf(Error);
  expect(errorOf(() => read(Buffer.from(damaged)))).toEqual(expected);
});

test('numbers that are no base64 are told', () => {
  const at = text.indexOf('"data":"') + 500;
  const damaged = `${text.slice(0, at)}%${text.slice(at + 1)}`;
  expect(errorOf(() => read(Buffer.from(damaged)))).toEqual(
    errorOf(() => readCheckpoint(damaged, 'm', createReferenceKernels())),
  );
});
