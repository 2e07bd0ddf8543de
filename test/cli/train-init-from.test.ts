import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

/** Names of animals, which the old corpus has not; and of people, which it tags otherwise. */
const ANIMALS = `Rex\tB-ANIMAL
barks\tO
loudly\tO

Mimi\tB-ANIMAL
sleeps\tO

Anna\tO
barks\tO

`;

const MORE = ['train', 'animals.conll', '--dev', 'animals.conll', '--init-from', 'old.json'];
const LEARNING = [
  ...['--preset', 'textbook', '--optimizer', 'adam', '--learning-rate', '0.02'],
  ...['--epochs', '80', '--unknown-rate', '0.2'],
];

interface Summary {
  readonly dev: { readonly f1: number };
  readonly oldDev: { readonly before: { readonly f1: number }; readonly after: { readonly f1: number } };
}

async function summaryOf(...args: string[]): Promise<Summary> {
  return JSON.parse((await folder.mustRun([...args, '--json'])).stdout);
}

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('animals.conll', ANIMALS);
  await folder.mustRun(['train', 'names.conll', '--dev', 'names.conll', ...BY_HEART, '-o', 'old.json']);
});

describe('rnn train --init-from', () => {
  test('trains a tiny corpus no longer than a small one, where one from the beginning needs more', async () => {
    const { epochs } = JSON.parse((await folder.mustRun([...MORE, '-o', 'short.json', '--json'])).stdout);
    const begun = ['train', 'animals.conll', '--dev', 'animals.conll', '--hidden', '8', '-o', 'begun.json', '--json'];
    expect([epochs, JSON.parse((await folder.mustRun(begun)).stdout).epochs]).toEqual([15, 30]);
  });

  test('learns new labels; --old-dev shows what is forgotten, and --keep that less is', async () => {
    const alone = await summaryOf(...MORE, ...LEARNING, '--old-dev', 'names.conll', '-o', 'alone.json');
    const keep = ['--keep', 'names.conll', '--old-dev', 'names.conll'];
    const kept = await summaryOf(...MORE, ...LEARNING, ...keep, '-o', 'kept.json', '--report', 'kept.html');
    expect(alone.dev.f1).toBe(1);
    expect(alone.oldDev.before.f1).toBe(1);
    expect(alone.oldDev.after.f1).toBeLessThan(1);
    expect(kept.oldDev.before.f1).toBe(1);
    expect(kept.oldDev.after.f1).toBeGreaterThan(alone.oldDev.after.f1);
    expect(folder.read('kept.html')).toContain('Forgetting');
    const { tags, settings, entities } = JSON.parse(folder.read('kept.json'));
    expect(tags).toEqual(['B-ANIMAL', 'B-LOC', 'B-PER', 'I-PER', 'O']);
    expect(settings.hidden).toBe(16);
    expect(entities.map(({ label }: { label: string }) => label)).toEqual(['ANIMAL', 'LOC', 'PER']);
  });

  test('names what it went on with by SHA-256, and gives the same bytes again, resumed too', async () => {
    const args = [...MORE, '--keep', 'names.conll', '--epochs', '3'];
    await folder.mustRun([...args, '-o', 'once.json', '--keep-state', '--workers', '1']);
    folder.write('twice.json.state', folder.readBytes('once.json.state'));
    const { stderr } = await folder.mustRun([...args, '-o', 'twice.json', '--resume', '--workers', '2']);
    expect(stderr).toContain('going on from twice.json.state');
    expect(folder.read('twice.json')).toBe(folder.read('once.json'));
    const { initial, corpora } = JSON.parse(folder.read('once.json'));
    const old = JSON.parse(folder.read('old.json'));
    const sha256 = createHash('sha256').update(folder.readBytes('old.json')).digest('hex');
    expect(initial).toEqual([{ sha256, corpora: old.corpora }]);
    expect(corpora.keep).toEqual(old.corpora.train);
    await folder.mustRun(['tag', '-m', 'once.json', 'Rex barks .']);
    const again = [...args, '-o', 'once.json', '--resume', '--init-from', 'twice.json'];
    expect((await folder.rnn(again)).stderr).toMatch(/^ {2}initial checkpoint: was SHA-256 \w{64}, now SHA-256/m);
  });

  test('holds out of --keep what the old training had held out', async () => {
    folder.write('ten.conll', Array.from({ length: 20 }, (_, n) => `Anna${n}\tB-PER\nleft\tO\n\n`).join(''));
    const small = ['--preset', 'textbook', '--hidden', '4', '--epochs', '1'];
    await folder.mustRun(['train', 'ten.conll', ...small, '--seed', '9', '-o', 'ten.json']);
    const more = ['train', 'animals.conll', '--init-from', 'ten.json', '--keep', 'ten.conll', '--epochs', '1'];
    const { stderr, stdout } = await folder.mustRun([...more, '-o', 'ten-more.json']);
    expect(stderr).toContain(
      'no --old-dev: 2 of 20 sentences of --keep held out to see what is forgotten, as the old training had held them out',
    );
    expect(stdout).toMatch(/^old dev +F1 before +after +change +gold\nPER .* 2\nall /m);
    expect(stdout).not.toContain('flatter');
    const words = JSON.parse(folder.read('ten.json')).vocabulary.words;
    const kept = JSON.parse(folder.read('ten-more.json')).vocabulary.words;
    expect(kept.filter((word: string) => word.startsWith('anna') && !words.includes(word))).toEqual([]);
  });

  test.each([
    ['a --dev of its own', ['--dev', 'animals.conll'], 1, 'twenty.conll'],
    ['more sentences', [], 1, 'nineteen.conll'],
    ['another of several runs, which all had what the first one held out', ['--runs', '2'], 2, 'twenty.conll'],
  ])('says that the scores before may flatter an old model that had %s', async (_, args, seed, keep) => {
    const lines = Array.from({ length: 20 }, (_, n) => `Anna${String.fromCharCode(97 + n)}\tB-PER\nleft\tO\n\n`);
    folder.write('twenty.conll', lines.join(''));
    folder.write('nineteen.conll', lines.slice(1).join(''));
    const small = ['--preset', 'textbook', '--hidden', '4', '--epochs', '1', '--seed', '1', '-o', 'twenty.json'];
    await folder.mustRun(['train', 'twenty.conll', ...small, ...args]);
    // The seed of a run is told by its checkpoint, and who drew what was held out is not.
    const old = JSON.parse(folder.read('twenty.json'));
    folder.write('twenty.json', JSON.stringify({ ...old, settings: { ...old.settings, seed } }));
    const more = ['train', 'animals.conll', '--init-from', 'twenty.json', '--keep', keep, '--epochs', '1'];
    const { stderr, stdout } = await folder.mustRun([...more, '-o', 'flattered.json', '--report', 'flattered.html']);
    expect(stderr.replace(/\s+/g, ' ')).toContain('the old model may have been trained on them');
    for (const report of [stdout, folder.read('flattered.html')])
      expect(report).toContain('so that the scores before may flatter it');
    const told = await folder.mustRun([...more, '--old-dev', 'twenty.conll', '-o', 'told.json']);
    expect(told.stdout + told.stderr).not.toContain('flatter');
  });

  test.each([
    [['--hidden', '9'], 2, '--hidden 9: the network of old.json has 16'],
    [['-o', 'old.json'], 2, 'old.json is both read and written'],
    [['--keep', 'missing.conll'], 3, 'missing.conll: no such file or folder'],
    [['--init-from', 'names.conll'], 3, 'names.conll: expected a checkpoint'],
  ])('%j is refused', async (args, code, message) => {
    const { stderr, exitCode } = await folder.rnn([...MORE, '-o', 'refused.json', ...args]);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(message);
  });

  test('--keep and --old-dev want it', async () => {
    for (const flag of ['--keep', '--old-dev'])
      expect((await folder.rnn(['train', 'animals.conll', flag, 'names.conll'])).exitCode).toBe(2);
  });
});
