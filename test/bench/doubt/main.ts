// Spoils one entity in twenty of two corpora, and tells how well rnn doubt finds them: npm run bench:doubt [CORPUS.conll ...].
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { readLabelledCorpus } from '../../../src/corpora/read-corpus.js';
import { writeConll } from '../../../src/formats/conll.js';
import { Random } from '../../../src/numerics/random.js';
import { ROOT } from '../built.js';
import { findCorpus } from '../corpora.js';
import { type PlacedFinding, scoreFindings } from './score.js';
import { KINDS, spoil } from './spoil.js';

const CORPORA = ['uner-pt-bosque/train.conll', 'bc5cdr/train.tsv'];
const SHARE = 0.05;
const SEED = 1;

/** How many findings of all are looked at first. */
const FIRST = 100;

async function rnn(args: readonly string[]): Promise<{ readonly stdout: string; readonly seconds: number }> {
  const began = performance.now();
  const { stdout } = await execa(process.execPath, [join(ROOT, 'bin/rnn.js'), ...args], {
    maxBuffer: 2 ** 30,
    stderr: 'inherit',
  });
  return { stdout, seconds: (performance.now() - began) / 1000 };
}

async function measure(path: string, folder: string): Promise<void> {
  const corpus = await readLabelledCorpus([path], {});
  const { sentences, spoilt, spans } = spoil(corpus, SHARE, new Random(SEED));
  const file = join(folder, 'spoilt.conll');
  writeFileSync(file, sentences.map(writeConll).join(''));
  const training = await rnn(['train', file, '--quiet', '-o', join(folder, 'model.json')]);
  const doubt = await rnn(['doubt', file, '--quiet', '--to', 'jsonl']);
  const lines = new Map<number, number>();
  let line = 1;
  for (const [index, { tokens }] of sentences.entries()) {
    lines.set(line, index);
    line += tokens.length + 1;
  }
  const findings = doubt.stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text): PlacedFinding => {
      const { id, given, suggested } = JSON.parse(text);
      return { sentence: lines.get(Number(id.slice(id.lastIndexOf(':') + 1))) ?? -1, given, suggested };
    });
  const { precision, found, foundByKind } = scoreFindings(findings, spoilt, FIRST, Math.round(spans / 10));
  const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
  const kinds = KINDS.map((kind) => `${kind} ${percent(foundByKind[kind])}`).join(', ');
  process.stdout.write(
    [
      `${path}: ${spans} entities, ${spoilt.length} of them spoilt, ${findings.length} findings`,
      `  of the first ${FIRST} findings ${percent(precision)} are spoilt entities (target: 80 %, with those that were wrong before)`,
      `  the first tenth has ${percent(found)} of the spoilt entities (target: 50 %): ${kinds}`,
      `  ${doubt.seconds.toFixed(0)} s, ${(doubt.seconds / training.seconds).toFixed(1)} times one training (target: 6)`,
      '',
    ].join('\n'),
  );
  const others = findings.slice(0, FIRST).filter((finding) => !scoreFindings([finding], spoilt, 1, 1).precision);
  for (const { sentence, given, suggested } of others)
    process.stdout.write(
      `    not spoilt: given ${nameOf(given)}, suggested ${nameOf(suggested)}: ${sentences[sentence]?.tokens.join(' ')}\n`,
    );
}

function nameOf(span: PlacedFinding['given']): string {
  return span ? `${span.label} ${span.text}` : 'nothing';
}

const named = process.argv.slice(2);
const paths = named.length > 0 ? named : CORPORA.map((name) => findCorpus(name) ?? name);
for (const path of paths) {
  const folder = mkdtempSync(join(tmpdir(), 'doubt-'));
  try {
    mkdirSync(folder, { recursive: true });
    await measure(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
