import { describe, expect, test } from 'vitest';
import {
  annotate,
  check,
  convert,
  doubt,
  type EvaluateEvent,
  evaluate,
  explain,
  loadModelFile,
  type TrainEvent,
  train,
  UserError,
} from '../src/index.js';
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

test('explain gives what the command does', async () => {
  await folder.mustRun([
    'train',
    CORPUS,
    '--dev',
    CORPUS,
    '--preset',
    'textbook',
    '--hidden',
    '8',
    '-o',
    'explained.json',
  ]);
  const model = await loadModelFile(folder.at('explained.json'));
  const gold = ['B-PER', 'I-PER', 'O'];
  const args = ['explain', 'Anna Smith left', '-m', 'explained.json', '--gold', gold.join(' '), '--why', '2', '--json'];
  const { stdout } = await folder.mustRun([...args, '--gradient']);
  const explained = explain(model, ['Anna', 'Smith', 'left'], { gold, why: [1], gradient: true });
  expect(JSON.parse(JSON.stringify(explained))).toEqual(JSON.parse(stdout));
  expect(explain(model, 'Anna Smith left', { gold, why: [1], gradient: true })).toEqual(explained);
  expect(model.tagTokens(['Anna', 'Smith', 'left']).tokens.map(({ tag }) => tag)).toEqual(
    explained.tokens.map(({ tag }) => tag),
  );
  expect(() => explain(model, [])).toThrow('the sentence has no words');
  expect(() => explain(model, 'Anna', { why: [1] })).toThrow('expected numbers from 0 to 0, found 1');
  const explainAny = explain as (...given: unknown[]) => unknown;
  for (const [given, message] of [
    [[5, 'Anna'], 'explain: expected a model, as loadModelFile gives it'],
    [[model, 5], 'expected a sentence, which is a text or a list of tokens, found number'],
    [[model, ['Anna', 5]], 'expected a sentence, which is a text or a list of tokens, found a list'],
    [[model, 'Anna', { why: 3 }], 'explain: expected a list of whole numbers as why, found 3'],
    [[model, 'Anna', { why: ['0'] }], 'explain: expected a list of whole numbers as why, found a list'],
    [[model, 'Anna', null], 'explain: expected an object as options, found null'],
  ] as const) {
    expect(() => explainAny(...given)).toThrow(UserError);
    expect(() => explainAny(...given)).toThrow(message);
  }
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

  test('goes on with a model and keeps its old corpus', async () => {
    const old = { initFrom: folder.at('model.json'), keep: CORPUS };
    const { corpora, output, workers } = options('kept.json');
    const { best } = await train({ corpora, output, workers, ...old, settings: { epochs: 1 } }).result();
    expect(best?.forgetting?.before.sentences).toBe(1);
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

describe('what no compiler has checked is refused with a UserError that says what was expected', () => {
  test.each([
    [{ settings: { hidden: -4 } }, /^settings: hidden: .*>=1, found -4$/],
    [{ settings: { hidden: 'many' } }, /^settings: hidden: .*number.*, found "many"$/],
    [{ settings: { hiden: 4 } }, /^settings: .*hiden/],
    [{ settings: 5 }, /^train: expected an object as settings, found 5$/],
    [{ preset: 'best' }, /^preset: expected default or textbook or .*, found "best"|^preset: expected/],
    [{ corpora: CORPUS }, /^train: expected a list of texts as corpora, found "/],
    [{ hidden: 4 }, /^train: no option hidden$/],
    [{ outptu: 'x.json' }, /^train: no option outptu$/],
    [{ workers: 0 }, /^train: expected a whole number from 1 as workers, found 0$/],
    [null, /^train: expected an object as options, found null$/],
  ])('train(%j)', async (given, message) => {
    const training = train({ corpora: [CORPUS], output: folder.at('refused.json'), ...given } as never);
    const wanted = { name: 'UserError', exitCode: 2, message: expect.stringMatching(message) };
    const refused = given === null ? train(null as never) : training;
    await expect(refused.result()).rejects.toMatchObject(wanted);
    expect(folder.names()).not.toContain('refused.json');
  });

  test('a setting beside the settings, and a misspelt option, get a hint', async () => {
    await expect(train({ hidden: 4 } as never).result()).rejects.toMatchObject({ hint: /settings: \{ hidden \}/ });
    await expect(train({ outptu: 'x' } as never).result()).rejects.toMatchObject({ hint: 'did you mean output?' });
  });

  test.each([
    [{}, /^doubt: expected a list of texts as corpora, found nothing$/],
    [{ corpora: [CORPUS], folds: 5 }, /^doubt: no option folds$/],
    [{ corpora: [CORPUS], rounds: 0 }, /^doubt: expected a whole number from 1 as rounds, found 0$/],
    [{ corpora: [CORPUS], settings: { folds: 1 } }, /folds 1: each part is judged by networks/],
    [{ corpora: [CORPUS], settings: { folds: 'x' } }, /^settings: folds: .*found "x"$/],
  ])('doubt(%j)', async (given, message) => {
    const wanted = { name: 'UserError', exitCode: 2, message: expect.stringMatching(message) };
    await expect(doubt(given as never).result()).rejects.toMatchObject(wanted);
  });

  test.each([
    [{}, /^no texts to label$/],
    [{ texts: CORPUS }, /^annotate: expected a list of texts as texts, found "/],
    [{ texts: [CORPUS], review: 'x' }, /takes its sentences from the findings$/],
    [{ texts: [CORPUS], labels: ['two words'] }, /^labels: expected names without white space, found "two words"$/],
    [{ texts: [CORPUS], labels: ['PER', 'PER'] }, /^labels: expected different names, found PER,PER$/],
    [{ texts: [CORPUS], labels: ['O'] }, /^labels: expected names of entities, and O is the tag/],
    [{ texts: [CORPUS], order: 'any' }, /^annotate: expected uncertain, given or random as order, found "any"$/],
    [{ texts: [CORPUS], port: 65_536 }, /^annotate: expected a port, from 0 to 65535 as port, found 65536$/],
    [{ texts: [CORPUS], onFailure: 'x' }, /^annotate: expected a function as onFailure, found "x"$/],
    [{ texts: [CORPUS], from: 'word' }, /^no format is called word$/],
    [{ texts: [CORPUS], output: CORPUS }, /is both read and written$/],
    [{ texts: [CORPUS], open: true }, /^annotate: no option open$/],
  ])('annotate(%j)', async (given, message) => {
    const options = { output: folder.at('refused.jsonl'), ...given };
    const wanted = { name: 'UserError', exitCode: 2, message: expect.stringMatching(message) };
    await expect(annotate(options as never)).rejects.toMatchObject(wanted);
    expect(folder.names().filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  test('evaluate, check, convert and loadModelFile', async () => {
    await expect(evaluate({ corpora: 5 } as never).result()).rejects.toThrow(UserError);
    await expect(evaluate({ from: 7 } as never).result()).rejects.toThrow(UserError);
    await expect(check({ files: [CORPUS] } as never)).rejects.toThrow('check: no option files');
    await expect(check({} as never)).rejects.toThrow(UserError);
    await expect(check(undefined as never)).rejects.toThrow(UserError);
    await expect(convert({ files: [CORPUS] } as never).result()).rejects.toThrow('convert: expected to, found nothing');
    await expect(convert({ files: [CORPUS], to: 'word' }).result()).rejects.toThrow(UserError);
    await expect(convert({ files: [CORPUS], to: 'conll', scheme: 'x' } as never).result()).rejects.toThrow(UserError);
    await expect(loadModelFile(5 as never)).rejects.toThrow(UserError);
  });
});

describe('check', () => {
  test('gives what rnn check --all --json prints', async () => {
    folder.write('wrong.conll', 'Ada\tI-PER\nleft\tO\n\nBob\n');
    const { findings, hasErrors } = await check({ corpora: [folder.at('wrong.conll')] });
    const { stdout, exitCode } = await folder.rnn(['check', folder.at('wrong.conll'), '--all', '--json']);
    expect(JSON.parse(JSON.stringify(findings))).toEqual(JSON.parse(stdout).findings);
    expect([hasErrors, exitCode]).toEqual([true, 3]);
  });

  test('writes the repaired corpus that rnn check --repair writes', async () => {
    folder.write('spaces.conll', 'Ada\tB-PER \nleft\tO\n\n\n\nBob\tB-PER\n');
    const report = await check({ corpora: [folder.at('spaces.conll')], repair: folder.at('library.conll') });
    await folder.rnn(['check', folder.at('spaces.conll'), '--repair', 'command.conll']);
    expect(folder.read('library.conll')).toBe(folder.read('command.conll'));
    expect(report.repaired?.text).toBe(folder.read('library.conll'));
  });
});

test('convert gives the pieces that rnn convert prints, and the number of sentences', async () => {
  const conversion = convert({ files: [CORPUS], to: 'jsonl' });
  let text = '';
  for await (const event of conversion) if (event.kind === 'text') text += event.text;
  expect(text).toBe((await folder.mustRun(['convert', CORPUS, '--to', 'jsonl'])).stdout);
  expect(await conversion.result()).toBe(3);
});

test('convert leaves out what cannot be read where it is to go on, and check knows no such option', async () => {
  folder.write('ragged.conll', `${NAMES}Eve\tB-PER\tx\n\n`);
  const files = [folder.at('ragged.conll')];
  await expect(convert({ files, to: 'conll' }).result()).rejects.toThrow('expected 2 columns');
  const conversion = convert({ files, to: 'conll', keepsGoing: true });
  let text = '';
  const told: string[] = [];
  for await (const event of conversion) {
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'notice' && event.isOfBadInput) told.push(event.text);
  }
  expect(text).toBe(NAMES);
  expect(told[0]).toMatch(/^warning: 1 line has a wrong number of columns/);
  expect(await conversion.result()).toBe(3);
  await expect(check({ corpora: files, keepsGoing: true } as never)).rejects.toThrow('check: no option keepsGoing');
});

test('doubt gives the findings that rnn doubt --json prints, and tells how many networks have judged', async () => {
  const words = ['well', 'late', 'soon', 'twice', 'alone', 'again'];
  const sentences = words.map((word) => `Anna B-PER\nlives O\nin O\nLondon B-LOC\n${word} O\n`);
  folder.write('doubtful.conll', sentences.join('\n').replace('London B-LOC\nsoon', 'London O\nsoon'));
  const args = ['--preset', 'textbook', '--hidden', '8', '--epochs', '3', '--folds', '2', '--rounds', '1', '--json'];
  const { stdout } = await folder.mustRun(['doubt', 'doubtful.conll', ...args]);
  const corpora = [folder.at('doubtful.conll')];
  const work = doubt({ corpora, preset: 'textbook', settings: { hidden: 8, epochs: 3, folds: 2 }, rounds: 1 });
  const judged: number[] = [];
  for await (const event of work) if (event.kind === 'judged') judged.push(event.done);
  expect(judged).toEqual([1, 2]);
  const { findings, sentences: count } = await work.result();
  const printed = JSON.parse(stdout);
  expect(count).toBe(printed.sentences);
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.map(({ line, given, suggested, doubt: own }) => ({ line, given, suggested, doubt: own }))).toEqual(
    printed.findings.map(({ file: _, text: __, ...rest }: Record<string, unknown>) => rest),
  );
});

describe('annotate', () => {
  const post = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

  test('serves the page until it is closed; decisions are in its file, and count when it is opened again', async () => {
    folder.write('texts.txt', 'Ada Lovelace left Paris .\nBob stayed .\n');
    const output = folder.at('decisions.jsonl');
    const options = {
      texts: [folder.at('texts.txt')],
      labels: ['PER', 'LOC'],
      output,
      port: 0,
      order: 'given',
    } as const;
    const first = await annotate(options);
    expect(first.notices.at(-1)).toBe('2 sentences, 2 to be decided');
    expect(await (await fetch(first.url)).text()).toContain('<!doctype html>');
    const { sentence } = await (await fetch(`${first.url}current`)).json();
    await post(`${first.url}decide`, {
      id: sentence.id,
      answer: 'accept',
      spans: [{ label: 'PER', start: 0, end: 2 }],
    });
    expect(folder.read('decisions.jsonl')).toContain('Ada Lovelace left Paris .');
    expect(await first.close()).toBe(true);
    expect(first.summary()).toContain('1 accepted, 0 skipped, 1 left');
    await expect(fetch(first.url)).rejects.toThrow();
    const second = await annotate(options);
    expect(second.notices.at(-1)).toBe('2 sentences, 1 to be decided');
    await second.close();
  });

  test('shows the findings of doubt as a review', async () => {
    const tokens = ['Ada', 'left'];
    const span = { label: 'PER', start: 0, end: 1 };
    folder.write(
      'findings.jsonl',
      `${JSON.stringify({ id: 1, tokens, doubt: 1, spans: [], suggestedSpans: [span] })}\n`,
    );
    const review = await annotate({
      review: folder.at('findings.jsonl'),
      output: folder.at('reviewed.jsonl'),
      port: 0,
    });
    const { sentence } = await (await fetch(`${review.url}current`)).json();
    expect(sentence.review).toEqual({ given: [], suggested: [span], doubt: 1 });
    await review.close();
  });
});
