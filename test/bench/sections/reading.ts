import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConllByteReader } from '../../../src/formats/conll-bytes.js';
import { built } from '../built.js';
import { findCorpus } from '../corpora.js';
import type { Section } from '../section.js';
import { secondsOf } from '../timing.js';

const CORPORA = ['nerkor-hu/train.tsv', 'genia-pos/train.tsv', 'bc5cdr/train.tsv', 'snips/train.conll'];
const REPETITIONS = 7;
const PIECE = 65_536;

/** Reads lines and splits them, and keeps nothing. */
const PYTHON = `import sys, time
best = 1e9
for _ in range(${REPETITIONS}):
    began = time.perf_counter()
    with open(sys.argv[1], encoding='utf8') as file:
        for line in file:
            line.split()
    best = min(best, time.perf_counter() - began)
print(best)`;

/** How fast columns become sentences, in which equal tokens are one string, against what Python needs to split the same lines. */
export const sections: Section[] = [
  {
    name: 'reading',
    async run() {
      const paths = CORPORA.map(findCorpus);
      if (paths.includes(undefined)) return { skipped: 'the corpora are not where they should be' };
      const bytes = Buffer.concat(paths.map((path) => readFileSync(path as string)));
      const { createConllByteReader } = await built('formats/conll-bytes');
      const megabytes = bytes.length / 1e6;
      const best = bestOf(() => inPieces(bytes, createConllByteReader({ source: 'bench', needsTags: true })));
      const python = splitInPython(bytes);
      return [
        {
          what: 'CoNLL into sentences of tokens and tags, one core',
          measured: megabytes / best,
          unit: 'MB/s',
          atLeast: 40,
        },
        {
          what: 'the same against lines split by Python',
          measured: python / best,
          unit: 'x',
          atLeast: 3,
          note: `Python ${Math.round(megabytes / python)} MB/s`,
        },
      ];
    },
  },
];

/** Reads whole lines, about as many at a time as a stream gives, and keeps nothing. */
function inPieces(bytes: Buffer, reader: ConllByteReader): void {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.lastIndexOf(0x0a, start + PIECE);
    const end = feed < start ? bytes.length : feed + 1;
    reader.push(bytes.subarray(start, end));
    start = end;
  }
  reader.end();
}

/** The least of several times, in seconds. */
function bestOf(work: () => void): number {
  return Math.min(...Array.from({ length: REPETITIONS }, () => secondsOf(work)));
}

function splitInPython(bytes: Buffer): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const file = join(folder, 'corpus.conll');
    writeFileSync(file, bytes);
    return Number(execFileSync('python3', ['-c', PYTHON, file], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
