import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, plainEnvironment, SMALL } from './helpers/cli.js';
import { pdfOf } from './helpers/office-files.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** An empty project with the packed package in it. */
const folder = new Folder();
let tarball = '';

/** A program of `node_modules`, with what it printed where it fails. */
async function run(command: string, args: readonly string[], cwd = folder.path): Promise<string> {
  const { stdout } = await execa(command, [...args], {
    cwd,
    env: plainEnvironment(),
    extendEnv: false,
    preferLocal: true,
  });
  return stdout;
}

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path], ROOT);
  tarball = folder.at(JSON.parse(packed)[0].filename);
  folder.write('package.json', '{ "name": "stranger", "private": true, "type": "module" }');
  await run('npm', ['install', '--no-audit', '--no-fund', tarball]);
}, 600_000);

test('publint finds nothing', async () => {
  expect(await run(join(ROOT, 'node_modules/.bin/publint'), ['run', tarball, '--strict'])).toContain('All good!');
});

test('its types are right wherever its modules can be imported', async () => {
  await run(join(ROOT, 'node_modules/.bin/attw'), [tarball, '--profile', 'esm-only']);
});

test('it is small: word clusters, a corpus, and the command with all packages that it uses', () => {
  expect(statSync(tarball).size).toBeLessThan(3_500_000);
});

test('both entries and the command work in an empty project', async () => {
  folder.write('corpus.conll', NAMES);
  await run('npx', ['--no-install', 'rnn', 'train', 'corpus.conll', '--dev', 'corpus.conll', ...SMALL]);
  expect(await run('npx', ['--no-install', 'rnn', 'tag', 'Anna left .', '--json'])).toContain('"text":"Anna left ."');
  folder.write(
    'use.mjs',
    `import { readFileSync } from 'node:fs';
import { evaluate, loadModelFile, train } from 'rnn-tagger';
import { loadModel } from 'rnn-tagger/tagger';
const training = train({ corpora: ['corpus.conll'], dev: 'corpus.conll', output: 'own.json', settings: { hidden: 8, epochs: 2 } });
let epochs = 0;
for await (const event of training) if (event.kind === 'epoch') epochs++;
const { best } = await training.result();
const { evaluation } = await evaluate({ model: 'own.json', corpora: ['corpus.conll'] }).result();
const one = loadModel(readFileSync('own.json', 'utf8')).tag('Anna left. Bob stayed.');
const other = (await loadModelFile('own.json')).tag('Anna left. Bob stayed.');
console.log(JSON.stringify([epochs, best.dev.f1 === evaluation.scores.f1, one.length, JSON.stringify(one) === JSON.stringify(other)]));
`,
  );
  expect(JSON.parse(await run('node', ['use.mjs']))).toEqual([2, true, 2, true]);
});

test('a PDF needs a package that is named, and can be installed then', async () => {
  folder.write('corpus.conll', NAMES);
  folder.write('report.pdf', pdfOf(['Anna left .']));
  await run('npx', ['--no-install', 'rnn', 'train', 'corpus.conll', '--dev', 'corpus.conll', ...SMALL]);
  const tag = ['--no-install', 'rnn', 'tag', '--file', 'report.pdf', '--to', 'text'];
  await expect(run('npx', tag)).rejects.toThrow(/report\.pdf: the package unpdf, .*\n\s+npm install unpdf/);
  await run('npm', ['install', '--no-audit', '--no-fund', 'unpdf']);
  expect(await run('npx', tag)).toBe('Anna left .');
});

test('its types serve a strict project', async () => {
  folder.write(
    'use.ts',
    `import { type TrainEvent, train, UserError } from 'rnn-tagger';
import { loadModel, type PlacedSentence, type TaggedSpan } from 'rnn-tagger/tagger';
export async function* follow(signal: AbortSignal): AsyncGenerator<TrainEvent> {
  yield* train({ corpora: ['a'], signal });
}
export async function spans(text: string): Promise<TaggedSpan[]> {
  const model = loadModel(text);
  const found: PlacedSentence[] = model.tag(text, { minConfidence: 0.5 });
  for await (const sentence of model.tagStream(['Anna left .', ['Bob']])) found.push(sentence);
  return found.flatMap((each) => each.spans);
}
// @ts-expect-error a number is no checkpoint
loadModel(1);
export const mistake = new UserError('message');
`,
  );
  const args = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom', 'use.ts'];
  await run(join(ROOT, 'node_modules/.bin/tsc'), args);
});
