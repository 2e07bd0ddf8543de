/*
 * Writes what a release makes of the inputs beside this file: its checkpoints, the tags that they give, and a training
 * that was stopped. Run once for each release that changes a format, with the release built in a folder of its own:
 *
 *     npx tsx test/compatibility/make.ts RELEASE_FOLDER NAME
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** All learn their corpus by heart, so that the tags are not those of a network that knows nothing. */
const TRAIN = ['train', 'corpus.conll', '--dev', 'corpus.conll', '--epochs', '40', '--learning-rate', '0.02'];
const TEXTBOOK = [...TRAIN, '--preset', 'textbook', '--optimizer', 'adam', '--unknown-rate', '0.2'];
const NARROW = ['--form-width', '4', '--affix-width', '2'];

/** The commands' arguments by the name of the checkpoint that each writes; small networks, so that the files are small. */
const TRAININGS: Readonly<Record<string, readonly string[]>> = {
  textbook: [...TEXTBOOK, '--hidden', '16'],
  default: [...TRAIN, ...NARROW, '--hidden', '8'],
  accurate: [...TRAIN, ...NARROW, '--preset', 'accurate', '--hidden', '4', '--networks', '2'],
  'lstm-softmax': [
    ...[...TEXTBOOK, '--cell', 'lstm', '--direction', 'both', '--layers', '2', '--hidden', '6'],
    ...['--features', 'form,shape,casing'],
  ],
  vectors: [
    ...[...TRAIN, ...NARROW, '--cell', 'elman', '--hidden', '8', '--features', 'form,shape', '--window', '1'],
    ...['--vectors', 'vectors.txt'],
  ],
  feedforward: [...TRAIN, ...NARROW, '--cell', 'feedforward', '--hidden', '8', '--features', 'form,suffixes'],
  averaged: [
    ...[...TRAIN, ...NARROW, '--hidden', '8', '--features', 'form,casing', '--min-count', '2'],
    ...['--average', '0.9', '--networks', '2'],
  ],
};

/** The training that is also stopped, in its second network, when its state holds all that a state may hold. */
const STOPPED = 'averaged';

async function main(release: string, name: string): Promise<void> {
  const inputs = fileURLToPath(new URL('.', import.meta.url));
  const folder = join(inputs, name);
  const command = join(release, 'bin/rnn.js');
  const rnn = (args: readonly string[], input = ''): string =>
    execFileSync(process.execPath, [command, ...args, '--quiet'], { cwd: inputs, input, encoding: 'utf8' });
  const sentences = readFileSync(join(inputs, 'sentences.txt'), 'utf8');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);

  for (const [checkpoint, args] of Object.entries(TRAININGS)) {
    const path = `${name}/${checkpoint}.json`;
    rnn([...args, '-o', path]);
    writeFileSync(join(folder, `${checkpoint}.jsonl`), rnn(['tag', '-m', path, '--to', 'jsonl'], sentences));
  }
  const stopped = `${name}/stopped.json`;
  await trainAndStop(command, inputs, [...(TRAININGS[STOPPED] ?? []), '-o', stopped]);
  for (const checkpoint of [...Object.keys(TRAININGS), 'stopped']) compress(join(folder, `${checkpoint}.json`));
  renameSync(join(folder, 'stopped.json.state'), join(folder, 'stopped.state'));
  const trainings = { ...TRAININGS, stopped: TRAININGS[STOPPED] ?? [] };
  const lines = Object.entries(trainings).map(([each, args]) => `rnn ${args.join(' ')} -o ${each}.json\n`);
  writeFileSync(join(folder, 'commands.txt'), lines.join(''));
}

/** Trains, and stops in the second network as Ctrl-C would. */
async function trainAndStop(command: string, cwd: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [command, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (text) => {
    const isSecond = () => stderr.split('epoch 3/').length > 2;
    const wasSecond = isSecond();
    stderr += text;
    if (!wasSecond && isSecond()) child.kill('SIGINT');
  });
  const [code] = await once(child, 'close');
  if (code !== 130) throw new Error(`expected a training that was stopped (exit code 130), found exit code ${code}`);
}

function compress(path: string): void {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  rmSync(path);
}

const [release, name] = process.argv.slice(2);
if (release === undefined || name === undefined) throw new Error('usage: make.ts RELEASE_FOLDER NAME');
await main(release, name);
