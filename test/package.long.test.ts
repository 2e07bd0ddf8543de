import { statSync } from 'node:fs';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from './helpers/cli.js';
import { pdfOf } from './helpers/office-files.js';
import { installPacked, ownProgram, run } from './helpers/packed-project.js';

/** An empty project with the packed package in it. */
const folder = new Folder();
let tarball = '';

beforeAll(async () => {
  tarball = await installPacked(folder);
}, 600_000);

test('publint finds nothing', async () => {
  expect(await run(ownProgram('publint'), ['run', tarball, '--strict'], folder.path)).toContain('All good!');
});

test('its types are right wherever its modules can be imported', async () => {
  await run(ownProgram('attw'), [tarball, '--profile', 'esm-only'], folder.path);
});

test('it is small: word clusters, a corpus, and the command with all packages that it uses', () => {
  expect(statSync(tarball).size).toBeLessThan(3_500_000);
});

test('both entries and the command work in an empty project', async () => {
  folder.write('corpus.conll', NAMES);
  await run('rnn', ['train', 'corpus.conll', '--dev', 'corpus.conll', ...SMALL], folder.path);
  expect(await run('rnn', ['tag', 'Anna left .', '--json'], folder.path)).toContain('"text":"Anna left ."');
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
  expect(JSON.parse(await run('node', ['use.mjs'], folder.path))).toEqual([2, true, 2, true]);
});

test('the stories of the other commands work in an empty project, and print nothing', async () => {
  folder.write('corpus.conll', NAMES);
  folder.write(
    'others.mjs',
    `import { annotate, check, convert, doubt, explain, loadModelFile } from 'rnn-tagger';
const corpora = ['corpus.conll'];
const { findings } = await check({ corpora });
let converted = '';
for await (const event of convert({ files: corpora, to: 'jsonl' })) if (event.kind === 'text') converted += event.text;
const settings = { hidden: 8, epochs: 2, folds: 2 };
const doubts = await doubt({ corpora, preset: 'textbook', settings, rounds: 1 }).result();
const annotation = await annotate({ texts: corpora, port: 0 });
const page = await (await fetch(annotation.url)).text();
await annotation.close();
const { tokens } = explain(await loadModelFile(), 'Anna left');
console.log(JSON.stringify([Array.isArray(findings), converted.split('\\n').length, doubts.sentences, page.slice(0, 15), tokens.length]));
`,
  );
  const { all } = await execa('node', ['others.mjs'], { cwd: folder.path, all: true });
  expect(JSON.parse(all)).toEqual([true, 4, 3, '<!doctype html>', 2]);
});

test('a PDF needs a package that is named, and can be installed then', async () => {
  folder.write('corpus.conll', NAMES);
  folder.write('report.pdf', pdfOf(['Anna left .']));
  await run('rnn', ['train', 'corpus.conll', '--dev', 'corpus.conll', ...SMALL], folder.path);
  const tag = ['tag', '--file', 'report.pdf', '--to', 'text'];
  await expect(run('rnn', tag, folder.path)).rejects.toThrow(
    /report\.pdf: the package unpdf, .*\n\s+npm install unpdf/,
  );
  await run('npm', ['install', '--no-audit', '--no-fund', 'unpdf'], folder.path);
  expect(await run('rnn', tag, folder.path)).toBe('Anna left .');
});

test('its types serve a strict project', async () => {
  folder.write(
    'use.ts',
    `import { type Annotation, annotate, doubt, type Finding, type TrainEvent, train, UserError } from 'rnn-tagger';
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
export async function review(): Promise<Annotation> {
  const findings: readonly Finding[] = (await doubt({ corpora: ['a'], settings: { folds: 3 } }).result()).findings;
  return annotate({ texts: [findings[0]?.file ?? ''], labels: ['PER'], port: 0 });
}
// @ts-expect-error a number is no checkpoint
loadModel(1);
export const mistake = new UserError('message');
`,
  );
  const args = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom', 'use.ts'];
  await run(ownProgram('tsc'), args, folder.path);
});
