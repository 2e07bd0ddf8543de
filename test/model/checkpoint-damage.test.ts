import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../src/errors.js';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { roundWeights } from '../../src/model/rounded-weights.js';
import { encodeFloats } from '../../src/numerics/base64.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { drawModel } from '../helpers/small-model.js';

const model = drawModel();
const whole = writeCheckpoint(model);
roundWeights(model.network);
const rounded = writeCheckpoint(model);

function errorOf(text: string): UserError {
  try {
    readCheckpoint(text, 'some.json', createReferenceKernels());
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('was read without complaint');
}

/** The checkpoint with one thing changed. */
// biome-ignore lint/suspicious/noExplicitAny: what the text holds is what is to be broken
function changed(change: (content: any) => void, text = whole): string {
  const content = JSON.parse(text);
  change(content);
  return JSON.stringify(content);
}

const DAMAGES: readonly [name: string, text: string, message: RegExp][] = [
  ['cut short', whole.slice(0, whole.length / 2), /cut short or broken/],
  ['empty', '', /found no JSON/],
  ['not JSON', 'Ada B-PER\nlives O\n', /found no JSON/],
  ['other JSON', '{"name": "rnn-tagger", "version": "1.0.0"}', /found other JSON/],
  ['a JSON array', '[1, 2, 3]', /found other JSON/],
  ['JSON null', 'null', /found other JSON/],
  ['of another format', changed((content) => (content.format = 'rnn-vocabulary')), /found other JSON/],
  ['of a newer version', changed((content) => (content.version = 4)), /format version 3, found version 4/],
  ['of an older version', changed((content) => (content.version = 1)), /format version 3, found version 1/],
  [
    'without a parameter',
    changed(({ parameters }) => delete parameters['output.bias']),
    /parameter output\.bias is missing/,
  ],
  [
    'with a parameter too many',
    changed(({ parameters }) => (parameters['input.gate'] = parameters['output.bias'])),
    /has a parameter input\.gate that its network does not have/,
  ],
  [
    'with a parameter of a name that every object has',
    changed(({ parameters }) => (parameters.constructor = parameters['output.bias'])),
    /has a parameter constructor that its network does not have/,
  ],
  [
    'of a shape that its settings deny',
    changed(({ parameters }) => (parameters['forward.weights'].shape = [9, 4])),
    /forward\.weights: expected shape \[6,6\] by its settings, found \[9,4\]/,
  ],
  ['of other settings than shapes', changed(({ settings }) => (settings.hidden = 7)), /expected shape \[6,7\]/],
  [
    'with too few numbers',
    changed(({ parameters }) => (parameters['output.bias'].data = encodeFloats([1, 2, 3, 4]))),
    /output\.bias: expected 5 numbers for shape \[5\], found 4/,
  ],
  [
    'with too many numbers',
    changed(({ parameters }) => (parameters['output.bias'].data = encodeFloats([1, 2, 3, 4, 5, 6]))),
    /output\.bias: expected 5 numbers for shape \[5\], found 6/,
  ],
  [
    'with data that is no base64',
    changed(({ parameters }) => (parameters['output.bias'].data = '%%%')),
    /output\.bias: .*found no base64/,
  ],
  [
    'with NaN',
    changed(({ parameters }) => (parameters['output.bias'].data = encodeFloats([1, 2, Number.NaN, 4, 5]))),
    /output\.bias holds numbers that are not finite/,
  ],
  [
    'with an infinity',
    changed(({ parameters }) => (parameters['input.bias'].data = encodeFloats([1, 2, 3, 4, 5, -1 / 0]))),
    /input\.bias holds numbers that are not finite/,
  ],
  [
    'of a type of numbers to come',
    changed(({ parameters }) => (parameters['output.bias'].type = 'float16')),
    /Expected 'float32' \| 'int16' \| 'int8'[\s\S]*parameters/,
  ],
  [
    'with rounded weights of another number',
    changed(({ parameters }) => (parameters['output.weights'].data = 'AAAAAAAA'), rounded),
    /output\.weights: expected 30 numbers for shape \[6,5\], found 3/,
  ],
  [
    'with exponents of another number',
    changed(({ parameters }) => (parameters['output.weights'].exponents = 'AAAA'), rounded),
    /output\.weights: expected 5 exponents, found 3/,
  ],
  [
    'with exponents that make its numbers too large',
    changed(({ parameters }) => (parameters['output.weights'].exponents = 'PDw8PDw='), rounded),
    /output\.weights holds numbers beyond ±1e15/,
  ],
  ['with a word twice', changed(({ vocabulary }) => (vocabulary.words[1] = vocabulary.words[0])), /word .* twice/],
  ['with a tag twice', changed(({ tags }) => (tags[1] = tags[0])), /tag .* twice/],
  [
    'without features that its settings name',
    changed(({ settings }) => (settings.features = 'form,shape')),
    /expected the features shape, found none/,
  ],
  [
    'with letters where rows are summed',
    changed(({ settings }) => (settings.features = 'form,letters')),
    /its settings sum rows, and have letters/,
  ],
  [
    'with features that its settings do not name',
    changed(({ features }) => features.push({ name: 'shape', values: [] })),
    /expected the features none, found shape/,
  ],
  ['without tags', changed((content) => (content.tags = [])), /tags/],
  ['without its settings', changed((content) => delete content.settings), /settings/],
  [
    'with rows that only 0.1.0 had',
    changed(({ settings }) => (settings.wide = true)),
    /expected a network of this version, found one trained with --wide/,
  ],
  ['with a setting nobody knows', changed(({ settings }) => (settings.colour = 2)), /colour/],
  [
    'with settings that exclude each other',
    changed(({ settings }) => (settings.window = 1)),
    /sum rows, and have a window of 1/,
  ],
  ['without a learning rate', changed(({ settings }) => delete settings.learningRate), /learningRate/],
  ['of a scheme nobody knows', changed(({ scheme }) => (scheme.name = 'bilou')), /scheme/],
  ['with a key nobody knows', changed((content) => (content.comment = 'mine')), /comment/],
  ['with a history of no sense', changed(({ history }) => (history.epochs[0].dev.f1 = 2)), /f1/],
];

test('what is whole is read', () => {
  expect(readCheckpoint(whole, 'some.json', createReferenceKernels()).language.tags).toHaveLength(5);
});

describe('a checkpoint that is damaged is refused with a message of its own:', () => {
  test.each(DAMAGES)('%s', (_, text, message) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^some\.json: /);
    expect(error.exitCode).toBe(ExitCode.badInput);
    expect(error.hint).toBeTruthy();
  });

  test('with a value of a feature twice', () => {
    const content = JSON.parse(writeCheckpoint(drawModel({ settings: { features: 'form,casing' } })));
    content.features[0].values.fill('1');
    expect(errorOf(JSON.stringify(content)).message).toMatch(/a value of casing stands in its list twice/);
  });

  test.each<[string, (vectors: { words: string[]; shape: number[]; data: string }) => void, RegExp]>([
    ['a word with two vectors', ({ words }) => words.splice(0, 1, 'Rome'), /a word has two vectors/],
    [
      'a shape of other words',
      ({ shape }) => shape.splice(0, 1, 4),
      /vectors: expected shape \[2,width\], found \[4,3\]/,
    ],
    ['a shape of one number', ({ shape }) => shape.pop(), /vectors: expected shape \[2,width\], found \[2\]/],
    [
      'another width than its network',
      ({ shape }) => shape.splice(1, 1, 2),
      /input\.vectors\.weights: expected shape \[2,6\] by its settings, found \[3,6\]/,
    ],
    ['too few numbers', (vectors) => (vectors.data = encodeFloats([1, 2])), /vectors: expected 6 numbers/],
    [
      'NaN',
      (vectors) => (vectors.data = encodeFloats([1, 2, 3, 4, 5, Number.NaN])),
      /vectors holds numbers that are not/,
    ],
  ])('with vectors of %s', (_, change, message) => {
    const settings = { input: 'concatenate' } as const;
    const content = JSON.parse(writeCheckpoint(drawModel({ settings, vectorWords: ['Paris', 'Rome'] })));
    change(content.vectors);
    expect(errorOf(JSON.stringify(content)).message).toMatch(message);
    expect(errorOf(JSON.stringify({ ...content, vectors: undefined })).message).toMatch(/input\.vectors\.weights/);
  });

  test.each([
    ['words out of order', { words: '0b\n0a' }, {}, /the words of its clusters are not in order/],
    ['fewer numbers than words', {}, { data: 'AA==' }, /expected 2 numbers, found 1/],
    ['no base64', {}, { data: '!' }, /expected 2 numbers, found no base64/],
    ['a number beyond their size', {}, { data: 'AAc=' }, /beyond the 2 that there are/],
    ['another size than its network', {}, { size: 9 }, /input\.clusters1: expected shape/],
    ['too large a size', {}, { size: 1e9 }, /clusters\.clusterings/],
  ])('with clusters of %s', (_, change, ofFirst, message) => {
    const content = JSON.parse(writeCheckpoint(drawModel({ clusterWords: ['Paris', 'Rome'] })));
    Object.assign(content.clusters, change);
    Object.assign(content.clusters.clusterings[0], ofFirst);
    expect(errorOf(JSON.stringify(content)).message).toMatch(message);
    expect(errorOf(JSON.stringify({ ...content, clusters: undefined })).message).toMatch(/input\.clusters1/);
  });

  test.each([
    ['names out of order', [{ label: 'X', names: '0b\n0a' }], /the names of its dictionary X are not in order/],
    ['one label twice', [0, 1].map(() => ({ label: 'X', names: '0a' })), /input\.dictionary2|two dictionaries/],
    ['too many', Array.from({ length: 9 }, (_, n) => ({ label: `${n}`, names: '0a' })), /dictionaries/],
    ['none', undefined, /has a parameter input\.dictionary1 that its network does not have/],
  ])('with dictionaries of %s', (_, dictionaries, message) => {
    const content = JSON.parse(writeCheckpoint(drawModel({ names: ['Paris', 'Rome'] })));
    expect(errorOf(JSON.stringify({ ...content, dictionaries })).message).toMatch(message);
  });

  test('with vectors where its settings sum rows', () => {
    const vectors = { sha256: '0'.repeat(64), words: ['a'], shape: [1, 1], type: 'float32', data: encodeFloats([1]) };
    expect(errorOf(JSON.stringify({ ...JSON.parse(whole), vectors })).message).toMatch(/sum rows, and it has vectors/);
  });

  test('one that is too new asks for another program, one that is too old for another training', () => {
    expect(errorOf(changed((content) => (content.version = 4))).hint).toContain('update');
    expect(errorOf(changed((content) => (content.version = 1))).hint).toContain('train');
  });
});

/** What must not make a checkpoint slow to refuse, nor its message long. */
const EXCESSES: readonly [name: string, text: () => string, message: RegExp][] = [
  [
    '30,000 tags appended',
    () => changed(({ tags }) => tags.push(...many(30_000, (index) => `B-${index}`))),
    /output\.weights: expected shape \[6,30005\] by its settings, found \[6,5\]/,
  ],
  [
    '100,000 tags appended',
    () => changed(({ tags }) => tags.push(...many(100_000, (index) => `B-${index}`))),
    /output\.weights: expected shape \[6,100005\]/,
  ],
  [
    '30,000 tags appended and promised in its shapes',
    () =>
      changed(({ tags, parameters }) => {
        tags.push(...many(30_000, (index) => `B-${index}`));
        parameters['output.weights'].shape = [6, 30_005];
        parameters['output.bias'].shape = [30_005];
      }),
    /output\.weights: expected 180030 numbers for shape \[6,30005\], found 30/,
  ],
  [
    'a million numbers as words',
    () => changed(({ vocabulary }) => (vocabulary.words = many(1_000_000, (index) => index))),
    /expected string, received number[\s\S]*vocabulary\.words\[0\]/,
  ],
  [
    '100,000 words appended',
    () => changed(({ vocabulary }) => vocabulary.words.push(...many(100_000, (index) => `w${index}`))),
    /input\.form: expected shape \[100006,6\] by its settings, found \[6,6\]/,
  ],
  [
    'a history of 200,000 epochs',
    () => changed(({ history }) => (history.epochs = many(200_000, () => history.epochs[0]))),
    /expected at most 100000 elements, found 200000[\s\S]*history\.epochs/,
  ],
  [
    'a history longer than its settings',
    () => changed(({ history }) => (history.epochs = many(16, () => history.epochs[0]))),
    /its history keeps epoch 1 of 16, and its settings ask for 15/,
  ],
  [
    'a best epoch that its history has not',
    () => changed(({ history }) => (history.bestEpoch = 2)),
    /its history keeps epoch 2 of 1, and its settings ask for 15/,
  ],
  [
    'a hundred thousand keys',
    () => changed((content) => Object.assign(content, Object.fromEntries(many(100_000, (index) => [`k${index}`, 1])))),
    /Unrecognized keys: "k0", "k1"/,
  ],
  [
    'a hundred thousand parameters that are none',
    () =>
      changed(({ parameters }) =>
        Object.assign(
          parameters,
          many(100_000, () => 1),
        ),
      ),
    /expected object, received number[\s\S]*parameters/,
  ],
  [
    'a name of a million letters',
    () => changed(({ parameters }) => (parameters['x'.repeat(1_000_000)] = parameters['output.bias'])),
    /has a parameter xxx/,
  ],
  [
    'a shape of a million sides',
    () => changed(({ parameters }) => (parameters['output.bias'].shape = many(1_000_000, () => 1))),
    /expected at most 8 elements, found 1000000/,
  ],
  [
    'a million features',
    () => changed((content) => (content.features = many(1_000_000, () => ({ name: 'shape', values: [] })))),
    /expected at most 100 elements, found 1000000/,
  ],
  [
    'more networks than its settings ask for',
    () => changed((content) => (content.others = [{ history: content.history, parameters: content.parameters }])),
    /it has 2 networks, and its settings ask for 1/,
  ],
  [
    'weights of 3e38',
    () => changed(({ parameters }) => (parameters['output.bias'].data = encodeFloats(many(5, () => 3e38)))),
    /output\.bias holds numbers beyond ±1e15/,
  ],
];

function many<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('a checkpoint of any size is refused at once, in one message of under 1 kB:', () => {
  test.each(EXCESSES)('%s', (_, make, message) => {
    const text = make();
    const began = performance.now();
    const error = errorOf(text);
    expect(performance.now() - began).toBeLessThan(5_000); // much less where nothing else runs; it was minutes
    expect(error.message).toMatch(message);
    expect(error.message.length).toBeLessThan(1_000);
    expect(error.exitCode).toBe(ExitCode.badInput);
  });
});

test('a checkpoint with any few bytes changed is refused or harmless', () => {
  const place = fc.nat(whole.length - 1);
  const letter = fc.constantFrom(...'0129aA-."[]{},: \\\n\u0000é');
  fc.assert(
    fc.property(fc.array(fc.tuple(place, letter), { minLength: 1, maxLength: 4 }), (changes) => {
      const letters = [...whole];
      for (const [index, changed] of changes) letters[index] = changed;
      try {
        readCheckpoint(letters.join(''), 'some.json', createReferenceKernels());
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        expect((error as UserError).message.length).toBeLessThan(1_000);
      }
    }),
    { numRuns: 1000 },
  );
});

test('wherever a checkpoint is cut, it is refused', () => {
  const lengths = fc.integer({ min: 0, max: whole.trimEnd().length - 1 });
  fc.assert(
    fc.property(lengths, (length) => {
      expect(errorOf(whole.slice(0, length)).exitCode).toBe(ExitCode.badInput);
    }),
    { numRuns: 300 },
  );
});

test('whatever key of a checkpoint is lost, it is refused', () => {
  for (const key of Object.keys(JSON.parse(whole))) {
    expect(errorOf(changed((content) => delete content[key])).message, key).toMatch(/^some\.json: /);
  }
});
