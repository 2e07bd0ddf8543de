import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentenceOf } from '../../../src/formats/conll.js';
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

/** How fast columns become ids of tokens and tags, against what Python needs to split the same lines. */
export const sections: Section[] = [
  {
    name: 'reading',
    async run() {
      const paths = CORPORA.map(findCorpus);
      if (paths.includes(undefined)) return { skipped: 'the corpora are not where they should be' };
      const bytes = Buffer.concat(paths.map((path) => readFileSync(path as string)));
      const { createConllByteReader, createConllNumberReader } = await built('formats/conll-bytes');
      const options = { source: 'bench', needsTags: true };
      const megabytes = bytes.length / 1e6;
      const best = bestOf(() => readIds(bytes, createConllNumberReader(options)));
      const ofCommands = bestOf(() => inPieces(bytes, createConllByteReader(options), () => {}));
      const python = splitInPython(bytes);
      return [
        {
          what: 'CoNLL into ids and tags, one core',
          measured: megabytes / best,
          unit: 'MB/s',
          atLeast: 40,
          note: 'the reader of numbers, which no command uses yet',
        },
        { what: 'CoNLL into sentences, as the commands read', measured: megabytes / ofCommands, unit: 'MB/s' },
        {
          what: 'the ids against lines split by Python',
          measured: python / best,
          unit: 'x',
          atLeast: 3,
          note: `Python ${Math.round(megabytes / python)} MB/s`,
        },
      ];
    },
  },
];

/** The ids of all tokens and of all tags, in the order in which they were first seen. */
function readIds(
  bytes: Buffer,
  reader: ConllByteReader<number>,
): { readonly tokens: Int32Array; readonly tags: Int32Array } {
  const tokens = new Int32Array(bytes.length / 2);
  const tags = new Int32Array(bytes.length / 2);
  let count = 0;
  inPieces(bytes, reader, (sentence) => {
    tokens.set(sentence.tokens, count);
    tags.set(sentence.tags, count);
    count += sentence.tokens.length;
  });
  return { tokens: tokens.subarray(0, count), tags: tags.subarray(0, count) };
}

/** Reads whole lines, about as many at a time as a stream gives. */
function inPieces<Token>(
  bytes: Buffer,
  reader: ConllByteReader<Token>,
  visit: (sentence: SentenceOf<Token>) => void,
): void {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.lastIndexOf(0x0a, start + PIECE);
    const end = feed < start ? bytes.length : feed + 1;
    for (const sentence of reader.push(bytes.subarray(start, end))) visit(sentence);
    start = end;
  }
  for (const sentence of reader.end()) visit(sentence);
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
