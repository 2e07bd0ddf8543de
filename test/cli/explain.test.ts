import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const SENTENCE = 'Anna Smith left London .';
const GOLD = 'B-PER I-PER O B-LOC O';

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  const small = ['--hidden', '8', '--epochs', '2', '--dev', 'by-heart.conll', '--clusters', 'none'];
  await folder.mustRun(['train', 'by-heart.conll', ...small, '--networks', '2', '-o', 'averaged.json']);
}, 120_000);

test.each(['model.json', 'averaged.json'])(
  'explain --json says of %s what cli.md promises, with the tags of rnn tag',
  async (model) => {
    const { stdout, stderr } = await folder.mustRun(['explain', SENTENCE, '-m', model, '--gold', GOLD, '--json']);
    expect(stderr).toBe('');
    const { tokens, loss, reach } = JSON.parse(stdout);
    const tagged = await folder.mustRun(['tag', SENTENCE, '-m', model, '--json']);
    const { tokens: expected } = JSON.parse(tagged.stdout);
    const pairs = (all: readonly { readonly text: string; readonly tag: string }[]) =>
      all.map(({ text, tag }) => [text, tag]);
    expect(pairs(tokens)).toEqual(pairs(expected));
    let sum = 0;
    for (const { vocabulary, hidden, probabilities, loss: own } of tokens) {
      expect(vocabulary.index).toBeLessThan(vocabulary.size);
      for (const state of hidden.flat()) expect(Math.abs(state)).toBeLessThanOrEqual(1);
      expect(Object.values<number>(probabilities).reduce((total, p) => total + p, 0)).toBeCloseTo(1, 5);
      sum += own;
    }
    expect(loss).toBeCloseTo(sum, 10);
    expect(reach).toHaveLength(5);
    for (const row of reach) expect(row).toHaveLength(5);
  },
);

test('explain shows each word, its place, state, probabilities, tag and loss, and the triangle', async () => {
  const { stdout } = await folder.mustRun(['explain', SENTENCE, '--gold', GOLD]);
  expect(stdout).toMatch(/^1 {2}Anna {2}B-PER\n {4}x {5}row \d+ of 14\n {4}h {5}\|[ ░▒▓█]{16}\|\n {4}y {5}B-PER \d/m);
  expect(stdout).toMatch(/^ {4}loss {2}\d\.\d{4} = -log P\(B-PER\)$/m);
  expect(stdout).toMatch(/^Loss \d+\.\d{4}, the sum over the words; all tags are right$/m);
  expect(stdout).toMatch(/^5 {2}\. {6}\|[░▒▓█]{10}\|$/m);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  const coloured = await folder.mustRun(['explain', SENTENCE, '--gold', GOLD], { env: { FORCE_COLOR: '1' } });
  expect(coloured.stdout).not.toBe(stdout);
  expect(coloured.stdout.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(stdout);
});

test('explain without gold tags has no loss and no triangle, and tells of words that are unknown', async () => {
  const { stdout } = await folder.mustRun(['explain', 'Anna Grindelwald']);
  expect(stdout).toMatch(/^2 {2}Grindelwald .*\n {4}x {5}unknown \(row 0 of 14\)$/m);
  expect(stdout).not.toMatch(/loss|Loss|propagation/);
});

test('explain --line takes a sentence and its tags from a corpus, whichever of its lines is named', async () => {
  folder.write('bioes.conll', 'The O\nbank O\n\nAnna B-PER\nSmith E-PER\nleft O\nParis S-LOC\n. O\n');
  const explain = async (place: string) =>
    JSON.parse((await folder.mustRun(['explain', '--line', place, '--json'])).stdout);
  const explained = await explain('bioes.conll:6');
  expect(explained.tokens.map(({ text }: { text: string }) => text)).toEqual(['Anna', 'Smith', 'left', 'Paris', '.']);
  expect(explained.tokens.map(({ gold }: { gold: string }) => gold)).toEqual(['B-PER', 'I-PER', 'O', 'B-LOC', 'O']);
  expect(await explain('bioes.conll:4')).toEqual(explained);
});

test('explain --line finds a record only on its own line', async () => {
  const record = (text: string, answer = 'accept') => `${JSON.stringify({ text, spans: [], answer })}\n`;
  folder.write('e.jsonl', record('Anna left .') + record('The bank closed .') + record('Tom left .', 'ignore'));
  const { stdout } = await folder.mustRun(['explain', '--line', 'e.jsonl:2', '--json']);
  expect(JSON.parse(stdout).tokens[0].text).toBe('The');
  const { stderr, exitCode } = await folder.rnn(['explain', '--line', 'e.jsonl:3']);
  expect(stderr).toContain('e.jsonl:3: no sentence there\n');
  expect(stderr).toContain('the one before begins on line 2');
  expect(exitCode).toBe(3);
});

test('explain reads corpora as rnn train is told to', async () => {
  folder.write('columns.conll', '1 Anna B-PER NNP\n2 Smith I-PER NNP\n3 left O VBD\n4 Paris X NNP\n');
  const reading = ['--from', 'conll', '--token-column', '2', '--tag-column', '3', '--unknown-tag', 'X'];
  const asked = ['explain', '--line', 'columns.conll:1', '--corpus', 'columns.conll', ...reading, '--json'];
  const { stdout, stderr } = await folder.mustRun(asked);
  const { tokens, nearest } = JSON.parse(stdout);
  expect(tokens.map(({ text }: { text: string }) => text)).toEqual(['Anna', 'Smith', 'left', 'Paris']);
  expect(nearest[0].sentences[0].tags).toEqual(['B-PER', 'I-PER', 'O', 'X']);
  expect(stderr).toContain('columns.conll:1: explained without gold tags: the tag of 1 of its 4 words is not known\n');
});

test('explain --line takes no gold tags from where a tag is not known, and says so', async () => {
  folder.write('half.conll', 'Anna B-PER\nSmith I-PER\nleft ?\nParis ?\n\nThe O\nbank O\n');
  const half = await folder.mustRun(['explain', '--line', 'half.conll:2', '--json']);
  expect(half.stderr).toContain(
    'half.conll:1: explained without gold tags: the tags of 2 of its 4 words are not known\n',
  );
  expect(half.stdout).not.toMatch(/"(gold|loss|reach)"/);
  const whole = await folder.mustRun(['explain', '--line', 'half.conll:6', '--json']);
  expect(whole.stderr).not.toContain('without gold tags');
  expect(JSON.parse(whole.stdout).tokens.map(({ gold }: { gold: string }) => gold)).toEqual(['O', 'O']);
});

test('explain tells a sentence of any length, but no losses where they would take too long', async () => {
  const words = new Array<string>(1500).fill('left');
  folder.write('long.conll', words.map((word) => `${word} O\n`).join(''));
  const { stdout, stderr } = await folder.mustRun(['explain', '--line', 'long.conll:1', '--json']);
  expect(JSON.parse(stdout).tokens).toHaveLength(1500);
  expect(stderr).toContain(
    'long.conll:1: explained without gold tags: it has 1,500 words, and losses are told of at most 300\n',
  );
  const gold = words.map(() => 'O').join(' ');
  const refused = await folder.rnn(['explain', words.join(' '), '--gold', gold]);
  expect(refused.stderr).toContain('gold tags: expected a sentence of at most 300 words, found 1,500');
  expect(refused.exitCode).toBe(2);
});

test('explain reads the sentence from stdin, and cuts it at spaces where told', async () => {
  const { stdout } = await folder.mustRun(['explain', '-', '--from', 'tokens', '--json'], {
    input: 'Anna Smith, left .\n',
  });
  expect(JSON.parse(stdout).tokens.map(({ text }: { text: string }) => text)).toEqual(['Anna', 'Smith,', 'left', '.']);
});

test('explain --why tells what features add, and --corpus the nearest sentences with their places', async () => {
  const asked = ['explain', SENTENCE, '--why', 'London,1', '--corpus', 'by-heart.conll'];
  const { stdout } = await folder.mustRun([...asked, '--json']);
  const { reasons, nearest } = JSON.parse(stdout);
  expect(reasons.map(({ token, tag }: { token: number; tag: string }) => [token, tag])).toEqual([
    [0, 'B-PER'],
    [3, 'B-LOC'],
  ]);
  expect(reasons[0].contributions).toHaveLength(5);
  const [best] = nearest[1].sentences;
  expect(best).toMatchObject({
    file: 'by-heart.conll',
    token: 4,
    tokens: ['Anna', 'Smith', 'lives', 'in', 'London', '.'],
    line: 1,
  });
  const text = await folder.mustRun(asked);
  expect(text.stdout).toMatch(/^Why 4 London is B-LOC and not \S+: \d+\.\d\d\n/m);
  expect(text.stdout).toMatch(/^ {2}0\.\d{3} {2}by-heart\.conll:1 {2}.*London\/B-LOC/m);
  const whole = JSON.parse(
    (await folder.mustRun(['explain', 'The bank closed .', '--corpus', 'by-heart.conll', '--json'])).stdout,
  );
  expect(whole.nearest[0].sentences[0]).toMatchObject({ line: 14, similarity: expect.closeTo(1, 9) });
});

test('explain --why --gradient tells gradient times input as well', async () => {
  const asked = ['explain', SENTENCE, '--why', 'London', '--gradient'];
  const { reasons } = JSON.parse((await folder.mustRun([...asked, '--json'])).stdout);
  for (const { gradientTimesInput } of reasons[0].contributions) expect(gradientTimesInput).toBeTypeOf('number');
  expect((await folder.mustRun(asked)).stdout).toMatch(
    /^ {2}removed, gradient times input\n {2}[+-]\d+\.\d\d {2}[+-]\d+\.\d\d {2}form of 4 London$/m,
  );
});

test('explain --compare tells what another model says of the same sentence', async () => {
  const asked = ['explain', SENTENCE, '--gold', GOLD, '--compare', 'averaged.json'];
  const alone = await folder.mustRun(['explain', SENTENCE, '-m', 'averaged.json', '--gold', GOLD, '--json']);
  const { compared } = JSON.parse((await folder.mustRun([...asked, '--json'])).stdout);
  expect(compared).toEqual({ model: 'averaged.json', ...JSON.parse(alone.stdout) });
  const [first] = compared.tokens;
  const answer = `${first.tag} +${(100 * first.probabilities[first.tag]).toFixed(1)} % +${first.loss.toFixed(4)}`;
  expect((await folder.mustRun(asked)).stdout).toMatch(new RegExp(`^1 Anna .* ${answer}$`, 'm'));
});

test('explain --compare names the model that does not know a gold tag', async () => {
  folder.write('places.conll', 'London B-LOC\nis O\n\nin O\nParis B-LOC\n\n'.repeat(4));
  const small = ['--preset', 'textbook', '--epochs', '1', '--hidden', '8', '-o', 'places.json'];
  await folder.mustRun(['train', 'places.conll', ...small]);
  const { stderr, exitCode } = await folder.rnn(['explain', SENTENCE, '--gold', GOLD, '--compare', 'places.json']);
  expect(stderr).toMatch(/^rnn: places\.json: gold tags: the model does not know the tag B-PER/);
  expect(exitCode).toBe(2);
});

test('explain --to svg draws a file of its own', async () => {
  const { stdout } = await folder.mustRun(['explain', SENTENCE, '--gold', GOLD, '--to', 'svg']);
  expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(stdout.match(/<title>norm of the gradient/g)).toHaveLength(15);
});

test('explain --train is a film whose losses are those of rnn train with the same settings', async () => {
  const training = ['--preset', 'textbook', '--epochs', '6', '--hidden', '8', '--batch-size', '1'];
  const asked = ['explain', SENTENCE, '--gold', GOLD, '--train', 'by-heart.conll', ...training];
  const { stdout, stderr } = await folder.mustRun([...asked, '--json']);
  const { epochs, tokens } = JSON.parse(stdout);
  expect(epochs.map(({ epoch }: { epoch: number }) => epoch)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const losses = epochs.map(({ explanation }: { explanation: { loss: number } }) => explanation.loss);
  expect(losses[6]).toBeLessThan(losses[0]);
  expect(epochs[6].explanation.tokens).toEqual(tokens);
  const trained = await folder.mustRun(['train', 'by-heart.conll', ...training, '-o', 'same.json']);
  const told = (text: string) => text.match(/loss \d+\.\d+, dev \S+ \d+\.\d+/g);
  expect(told(stderr)).toEqual(told(trained.stderr));
  const { stdout: text } = await folder.mustRun(asked);
  expect(text).toMatch(/^before the first step, of this sentence \d+\.\d{3}, \d of 5 tags right\n/);
  expect(text).toContain(`\nepoch 6, loss of training ${epochs[6].trainingLoss.toFixed(3)}, of this sentence`);
}, 60_000);

test('explain -o writes a file', async () => {
  const { stdout } = await folder.mustRun(['explain', SENTENCE, '-o', 'explained.txt']);
  expect(stdout).toBe('');
  expect(folder.read('explained.txt')).toMatch(/^5 words · elman, 16 states · softmax\n/);
});

test.each([
  [[], 2, 'no sentence to explain'],
  [[''], 2, 'the sentence has no words'],
  [['Anna', 'Smith'], 2, 'expected one sentence, found 2'],
  [['-'], 2, 'the sentence has no words'],
  [[SENTENCE, '--gold', 'O O'], 2, 'gold tags: expected 5 tags, one a token, found 2'],
  [[SENTENCE, '--gold', 'B-PER I-PER O B-ZOO O'], 2, 'the model does not know the tag B-ZOO of token 4, London'],
  [[SENTENCE, '--gold', '1 1 0 1 0'], 2, 'the model does not know the tag 1 of token 1, Anna'],
  [[SENTENCE, '--why', 'London,Paris'], 2, '--why: no word of the sentence is Paris'],
  [[SENTENCE, '--why', '6'], 2, '--why: no word of the sentence is 6'],
  [[SENTENCE, '--corpus', 'none.conll'], 3, 'none.conll'],
  [['--line', 'by-heart.conll'], 2, '--line: expected FILE:N, found by-heart.conll'],
  [['--line', 'by-heart.conll:400'], 3, 'by-heart.conll:400: no sentence there'],
  [['--line', 'by-heart.conll:1', '--gold', 'O'], 2, '--gold and --line at once'],
  [[SENTENCE, '--line', 'by-heart.conll:1'], 2, 'a sentence and --line at once'],
  [[SENTENCE, '--tag-column', '2'], 2, '--tag-column says how a corpus is read, and there is none'],
  [[SENTENCE, '--from', 'conll'], 2, '--from conll says how a corpus is read, and there is none'],
  [['--line', 'by-heart.conll:1', '--from', 'lines'], 2, '--from lines cuts a sentence that is given'],
  [[SENTENCE, '-m', 'none.json'], 3, 'none.json'],
  [[SENTENCE, '--gradient'], 2, '--gradient is about reasons, and there are none'],
  [[SENTENCE, '--compare', 'none.json'], 3, 'none.json'],
  [[SENTENCE, '--compare', 'averaged.json', '--to', 'svg'], 2, '--to svg draws one model'],
  [[SENTENCE, '--why', 'London', '--to', 'svg'], 2, '--to svg draws the network alone'],
  [[SENTENCE, '--epochs', '3'], 2, '--epochs is about a training, and there is none'],
  [[SENTENCE, '--train', 'none.conll'], 3, 'none.conll'],
  [[SENTENCE, '--train', 'by-heart.conll', '-m', 'model.json'], 2, '--model and --train at once'],
  [[SENTENCE, '--train', 'by-heart.conll', '--epochs', '101'], 2, '--train: expected at most 100 epochs, found 101'],
  [[SENTENCE, '--train', 'by-heart.conll', '--preset', 'accurate'], 2, '--train trains one network'],
  [[SENTENCE, '--train', 'by-heart.conll', '--gold', 'O'], 2, 'gold tags: expected 5 tags, one a token, found 1'],
])('explain %j is refused in one message', async (args, code, message) => {
  const { stdout, stderr, exitCode } = await folder.rnn(['explain', ...args]);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^rnn: /);
  expect(stderr).not.toMatch(/\n {4}at /);
  expect(exitCode).toBe(code);
  expect(stdout).toBe('');
});
