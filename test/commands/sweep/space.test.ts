import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSettings, drawSettings, parseSpace } from '../../../src/commands/sweep/space.js';
import { Random } from '../../../src/numerics/random.js';
import { settingsSchema } from '../../../src/settings/settings.js';

const SPACE = `
learningRate: {min: 0.001, max: 1, log: true}
hidden: {min: 4, max: 6}
cell: [gru, lstm]
dropout: {min: 0.1, max: 0.5}
epochs: 3
`;

test('drawn settings are of the space, and of the schema', async () => {
  const space = await parseSpace(SPACE, 's.yaml');
  expect(space.map(({ name }) => name)).toEqual(['cell', 'hidden', 'learningRate', 'epochs', 'dropout']);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const drawn = drawSettings(space, new Random(seed));
      expect(settingsSchema.safeParse(drawn).success).toBe(true);
      expect(['gru', 'lstm']).toContain(drawn.cell);
      expect([4, 5, 6]).toContain(drawn.hidden);
      expect(drawn.epochs).toBe(3);
      for (const [value = 0, min, max] of [
        [drawn.learningRate, 0.001, 1],
        [drawn.dropout, 0.1, 0.5],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        expect(String(value).replace(/^0\.0*/, '').length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

test('a range is drawn evenly, whole numbers with both ends, and on a logarithmic scale by its powers', async () => {
  const space = await parseSpace(SPACE, 's.yaml');
  const drawn = Array.from({ length: 3000 }, (_, seed) => drawSettings(space, new Random(seed)));
  const share = (isCounted: (each: (typeof drawn)[number]) => boolean): number => drawn.filter(isCounted).length / 3000;
  for (const hidden of [4, 5, 6]) expect(share((each) => each.hidden === hidden)).toBeCloseTo(1 / 3, 1);
  for (const [low, high] of [
    [0.001, 0.01],
    [0.01, 0.1],
    [0.1, 1],
  ] as const)
    expect(share(({ learningRate = 0 }) => learningRate >= low && learningRate < high)).toBeCloseTo(1 / 3, 1);
  expect(share(({ dropout = 0 }) => dropout < 0.3)).toBeCloseTo(0.5, 1);
});

test.each([
  ['hidden: 32', 1],
  ['hidden: [32, 64, 32]\ncell: [gru, lstm]', 4],
  ['hidden: {min: 4, max: 6}\ncell: [gru, lstm]', 6],
  [SPACE, Number.POSITIVE_INFINITY],
])('the different settings of a space are counted: %j', async (text, count) => {
  expect(countSettings(await parseSpace(text, 's.yaml'))).toBe(count);
});

test('the order of the file makes no difference', async () => {
  const other = await parseSpace(SPACE.trim().split('\n').reverse().join('\n'), 's.yaml');
  expect(other).toEqual(await parseSpace(SPACE, 's.yaml'));
});

test.each([
  ['hiden: [1]', 's.yaml:1: unknown setting "hiden"'],
  ['\nhidden: [64, big]', 's.yaml:2: hidden: expected a whole number from 1 to 8192, found "big"'],
  ['hidden: []', 's.yaml:1: hidden: expected a list as in [64, 128], or a range as in {min'],
  ['hidden:', 's.yaml:1: hidden: expected a list'],
  ['hidden: {min: 0, max: 9}', 's.yaml:1: hidden: expected a whole number from 1 to 8192, found 0'],
  ['hidden: {min: 9, max: 8}', 's.yaml:1: hidden: expected a min below max'],
  ['hidden: {min: 1, max: 8, step: 2}', 's.yaml:1: hidden: expected a list'],
  ['cell: {min: 1, max: 2}', 's.yaml:1: cell: expected a list, for it is no number'],
  ['dropout: {min: 0, max: 0.5, log: true}', 's.yaml:1: dropout: expected a min above 0 with log: true'],
  ['# nothing', 's.yaml: no setting to search'],
  ['preset: [default]', 's.yaml:1: unknown setting "preset"'],
])('what is no space is refused with its line: %j', async (text, message) => {
  await expect(parseSpace(text, 's.yaml')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(message),
  });
});
