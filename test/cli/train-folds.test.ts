import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { interrupt } from '../helpers/interrupted.js';

const folder = new Folder();

const QUICK = ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--epochs', '2', '--clusters', 'none'];
const FOLDED = ['small.conll', ...QUICK, '--features', 'form,casing', '--folds', '3'];

beforeAll(() => {
  // Equal sentences would stay together in one fold.
  const numbered = Array.from({ length: 8 }, (_, number) => NAMES.replaceAll('\n\n', `\nno${number}\tO\n\n`));
  folder.write('small.conll', numbered.join(''));
  folder.write('tiny.conll', NAMES);
});

describe.concurrent('a small corpus without dev', () => {
  test('trains a network a fold, and says so', async () => {
    const { stdout, stderr } = await folder.mustRun(['train', 'small.conll', ...QUICK, '--json', '-o', 'default.json']);
    expect(stderr).toContain(
      'no --dev: 24 sentences in 5 folds, drawn by seed 1: each of 5 networks holds one out as its dev',
    );
    expect(stderr).toContain('dev: each sentence was scored by the network that held it out');
    expect(JSON.parse(stdout)).toMatchObject({ folds: 5, dev: { f1: expect.any(Number) } });
    const checkpoint = JSON.parse(folder.read('default.json'));
    expect(checkpoint.settings).toMatchObject({ folds: 5, networks: 5 });
    expect(checkpoint.others).toHaveLength(4);
  });

  test('trains one network with a tenth held out where folds are refused', async () => {
    const args = ['train', 'small.conll', ...QUICK, '--folds', '0', '--whole-epochs', '2', '-o', 'one.json'];
    const { stderr } = await folder.mustRun(args);
    expect(stderr).toContain('warning: --whole-epochs has no use');
    expect(stderr).toContain('no --dev: 2 of 24 sentences held out as dev');
    expect(JSON.parse(folder.read('one.json')).settings.folds).toBeUndefined();
  });

  test('writes the same bytes with any number of threads, and when it goes on after a stop', async () => {
    const train = (...args: string[]) => folder.mustRun(['train', ...FOLDED, '--quiet', ...args]);
    await Promise.all([train('--workers', '1', '-o', 'w1.json'), train('--workers', '3', '-o', 'w3.json')]);
    const stopped = [...FOLDED, '-o', 'stopped.json', '--resume'];
    const { exitCode, stdout, stderr: told } = await interrupt(folder, 'SIGINT', 'network 2 of 3', stopped);
    expect(exitCode).toBe(130);
    expect(told).toMatch(/(1 of 3 networks was|2 of 3 networks were) trained: dev is what/);
    expect(stdout).toMatch(/^dev +precision/);
    const { stderr } = await folder.mustRun(['train', ...stopped]);
    expect(stderr).toContain('going on from stopped.json.state');
    for (const name of ['w3.json', 'stopped.json']) expect(folder.read(name)).toBe(folder.read('w1.json'));
  });

  test('shows the same scores when it is finished already', async () => {
    const args = ['train', ...FOLDED, '--json', '-o', 'finished.json'];
    const [first, again] = [await folder.mustRun(args), await folder.mustRun([...args, '--resume'])];
    expect(again.stderr).toContain('finished.json is finished');
    expect(JSON.parse(again.stdout).dev).toEqual(JSON.parse(first.stdout).dev);
  });

  test('is learnt whole at the end, which changes the networks and no score of dev', async () => {
    const train = async (epochs: string, output: string) => {
      const { stdout, stderr } = await folder.mustRun([
        'train',
        ...FOLDED,
        '--whole-epochs',
        epochs,
        '--json',
        '-o',
        output,
      ]);
      return { dev: JSON.parse(stdout).dev, stderr, checkpoint: JSON.parse(folder.read(output)) };
    };
    const [none, one] = await Promise.all([train('0', 'held-out.json'), train('1', 'whole.json')]);
    expect(one.dev).toEqual(none.dev);
    expect(one.stderr).toContain('epoch 3/3, over all sentences: loss');
    expect(one.stderr).toContain('held it out, before they were trained on all sentences; together the 3');
    expect(one.checkpoint.history).toEqual({ ...none.checkpoint.history, wholeEpochs: 1 });
    expect(one.checkpoint.parameters).not.toEqual(none.checkpoint.parameters);
    expect(one.checkpoint.heldOut).toMatchObject({ sentences: 24 });
    expect(none.checkpoint.heldOut).toBeUndefined();
  });

  test('goes on to the same bytes after a stop among the epochs over all sentences', async () => {
    const train = [...FOLDED, '--whole-epochs', '30', '--workers', '1'];
    await folder.mustRun(['train', ...train, '--quiet', '-o', 'through.json']);
    for (const words of ['epoch 3/32, over all', 'network 3 of 3']) {
      const stopped = [...train, '-o', 'stopped-late.json', '--resume'];
      const { exitCode } = await interrupt(folder, 'SIGINT', words, stopped);
      expect(exitCode).toBe(130);
      const { wholeEpochs } = JSON.parse(folder.read('stopped-late.json')).history;
      expect(wholeEpochs).toBe(words.startsWith('epoch') ? undefined : 30);
    }
    const { stderr } = await folder.mustRun(['train', ...train, '-o', 'stopped-late.json', '--resume']);
    expect(stderr).toContain('going on from stopped-late.json.state');
    expect(folder.read('stopped-late.json')).toBe(folder.read('through.json'));
  });

  test('is inspected with the score of what each network held out', async () => {
    const args = ['train', ...FOLDED, '--whole-epochs', '1', '--json', '--quiet', '-o', 'inspected.json'];
    const { dev } = JSON.parse((await folder.mustRun(args)).stdout);
    const { stdout } = await folder.mustRun(['inspect', 'inspected.json']);
    const f1 = (100 * dev.f1).toFixed(2);
    expect(stdout).toMatch(
      new RegExp(`Held out from each network in turn\nF1 ${f1}, 95 % interval .*, over 24 sentences`),
    );
    expect(stdout).toContain(', before 1 epoch over all sentences');
    await folder.mustRun(['export', '--hub', 'hub', '-m', 'inspected.json']);
    expect(folder.read('hub/README.md')).toContain(`| ${f1} |`);
  });

  test('reports a finished training without dev, which all networks have learnt', async () => {
    const args = ['train', ...FOLDED, '--quiet', '-o', 'reported.json', '--report', 'report.html'];
    await folder.mustRun(args);
    expect(folder.read('report.html')).toContain('(dev)');
    await folder.mustRun([...args, '--resume']);
    expect(folder.read('report.html')).toContain('dev in folds, which all networks have since been trained on');
  });

  test('is told to go on where an earlier network was stopped, although the last one had ended', async () => {
    // Equal sentences stay together: the network that holds them out trains on few others, and is over soon. By this seed it is the last.
    const equal = 'Bob\tB-PER\nSmith\tI-PER\nlives\tO\nin\tO\nLondon\tB-LOC\n\n'.repeat(150);
    folder.write('uneven.conll', `${folder.read('small.conll')}${equal}`);
    const settings = ['--hidden', '8', '--form-width', '8', '--features', 'form', '--epochs', '60', '--seed', '2'];
    const teams = ['--folds', '2', '--workers', '2', '--batch-size', '8'];
    const args = ['uneven.conll', ...settings, ...teams, '-o', 'uneven.json'];
    const { exitCode, stderr } = await interrupt(folder, 'SIGINT', 'epoch 40/', args);
    expect(exitCode).toBe(130);
    expect(stderr).toContain('where training stands');
    const { history, others } = JSON.parse(folder.read('uneven.json'));
    expect(history.epochs.length).toBeLessThan(others[0].history.epochs.length);
    await folder.mustRun(['train', ...args, '--resume', '--quiet']);
    const finished = JSON.parse(folder.read('uneven.json'));
    expect(finished.history.wholeEpochs).toBe(15);
  });

  test('has epochs over all sentences by the epochs that were trained, also where patience ends them', async () => {
    const train = async (...args: string[]) => {
      await folder.mustRun([
        'train',
        'small.conll',
        ...QUICK.slice(0, 6),
        '--features',
        'form',
        '--folds',
        '3',
        ...args,
      ]);
      const { history, others } = JSON.parse(folder.read(args.at(-1) ?? ''));
      return [history, ...others.map((other: { history: object }) => other.history)];
    };
    for (const { epochs, wholeEpochs } of await train('--epochs', '600', '--patience', '1', '-o', 'patient.json'))
      expect(wholeEpochs).toBe(Math.ceil(epochs.length / 4));
    const { stderr } = await folder.mustRun(['train', ...FOLDED, '-o', 'again.json']);
    expect(stderr).toContain('epoch 3/3, over all sentences');
  });

  test('logs epochs over all sentences apart', async () => {
    await folder.mustRun(['train', ...FOLDED, '--whole-epochs', '2', '--log', 'log.jsonl', '-o', 'logged.json']);
    const records = folder
      .read('log.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kinds = records.map(({ kind, network, epoch }) => `${kind} ${network ?? ''} ${epoch ?? ''}`);
    expect(kinds.slice(0, 4)).toEqual(['epoch 1 1', 'epoch 1 2', 'whole-epoch 1 3', 'whole-epoch 1 4']);
    expect(kinds).toHaveLength(13);
  });

  test('is trained several times on the same folds', async () => {
    const args = ['train', ...FOLDED, '--runs', '2', '--json', '-o', 'runs.json'];
    const { runs } = JSON.parse((await folder.mustRun(args)).stdout);
    expect(runs.map(({ seed }: { seed: number }) => seed)).toEqual([1, 4]);
  });
});

describe.concurrent('folds are refused', () => {
  test.each([
    [['--folds', '3', '--dev', 'tiny.conll'], 2, 'there is a dev'],
    [['--folds', '1'], 2, 'nothing to train on'],
    [['--folds', '3', '--networks', '2'], 2, '--networks asks for 2'],
    [['--folds', '30'], 3, 'the corpus has 24'],
  ] as const)('with %j', async (args, code, words) => {
    const { exitCode, stderr } = await folder.rnn(['train', 'small.conll', ...args, '-o', 'refused.json']);
    expect(exitCode).toBe(code);
    expect(stderr).toContain(words);
  });

  test('with the starter corpus, which has a dev', async () => {
    const { exitCode, stderr } = await folder.rnn(['train', '--folds', '3', '-o', 'refused.json']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the starter corpus has a dev');
  });
});
