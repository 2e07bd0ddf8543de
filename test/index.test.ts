import { describe, expect, test } from 'vitest';
import { type EvaluateEvent, evaluate, loadModelFile, type TrainEvent, train, UserError } from '../src/index.js';
import { Folder, NAMES } from './helpers/cli.js';

const folder = new Folder();
folder.write('corpus.conll', NAMES);
folder.write('long.conll', NAMES.repeat(8000));
const CORPUS = folder.at('corpus.conll');
const SETTINGS = { hidden: 8, epochs: 3, optimizer: 'adam', learningRate: 0.02 } as const;
const options = (output: string) => ({
  corpora: [CORPUS],
  dev: CORPUS,
  output: folder.at(output),
  preset: 'textbook' as const,
  settings: SETTINGS,
  workers: 1,
});

describe('train', () => {
  test('tells its epochs, gives a report, and writes the checkpoint that the command writes', async () => {
    const training = train(options('model.json'));
    const events: TrainEvent[] = [];
    for await (const event of training) events.push(event);
    expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(3);
    const report = await training.result();
    expect(report).toMatchObject({ stopped: 'completed', epochs: 3 });
    const args = ['--preset', 'textbook', '--hidden', '8', '--epochs', '3', '--optimizer', 'adam'];
    await folder.mustRun(['train', CORPUS, '--dev', CORPUS, ...args, '--learning-rate', '0.02', '-o', 'command.json']);
    expect(folder.read('model.json')).toBe(folder.read('command.json'));
    expect((await loadModelFile(folder.at('model.json'))).labels).toEqual(['LOC', 'PER']);
  });

  test('needs nobody to look at its events', async () => {
    expect(await train(options('unwatched.json')).result()).toMatchObject({ stopped: 'completed' });
    expect(folder.read('unwatched.json')).toBe(folder.read('model.json'));
  });

  test('stops at a signal, writes what it has, and can go on', async () => {
    const controller = new AbortController();
    const training = train({ ...options('stopped.json'), signal: controller.signal });
    for await (const { kind } of training) if (kind === 'epoch') controller.abort();
    expect(await training.result()).toMatchObject({ stopped: 'aborted', epochs: 1, isSaved: true });
    expect(await train({ ...options('stopped.json'), resume: true }).result()).toMatchObject({ epochs: 3 });
    expect(folder.read('stopped.json')).toBe(folder.read('model.json'));
  });

  test('ends where its loop is left, and tells who asks for the result', async () => {
    const training = train(options('left.json'));
    for await (const { kind } of training) if (kind === 'epoch') break;
    await expect(training.result()).rejects.toThrow('the work was left before its end');
    expect(folder.names()).not.toContain('left.json');
  });

  test('throws what a person can mend where it is followed, and again where its result is asked for', async () => {
    const training = train({ ...options('none.json'), corpora: [folder.at('missing.conll')] });
    await expect(async () => {
      for await (const _ of training);
    }).rejects.toThrow(UserError);
    await expect(training.result()).rejects.toThrow('missing.conll');
  });
});

describe('evaluate', () => {
  const scoring = { model: folder.at('model.json'), corpora: [folder.at('long.conll')], workers: 1 };

  test('tells how much is tagged, and gives the scores', async () => {
    const evaluation = evaluate(scoring);
    const events: EvaluateEvent[] = [];
    for await (const event of evaluation) events.push(event);
    const counts = events.map(({ sentences }) => sentences);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(24_000);
    const { evaluation: scored } = await evaluation.result();
    expect(scored.scores.gold).toBe(32_000);
  });

  test('stops at a signal from outside', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 1);
    await expect(evaluate({ ...scoring, signal: controller.signal }).result()).rejects.toThrow(reason);
  });
});
