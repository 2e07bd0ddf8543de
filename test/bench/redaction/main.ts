// Splits dev and test of two corpora anew 200 times, and counts how often rnn tag --to redacted --recall hides fewer names than
// it promises: npm run bench:redaction [FOLDER], where FOLDER keeps the models from one time to the next.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { readLabelledCorpus } from '../../../src/corpora/read-corpus.js';
import { hidingOfSentences, type SentenceHiding } from '../../../src/evaluation/hidden-names.js';
import { createTagger } from '../../../src/model/tagger.js';
import { openModel, readModelFile } from '../../../src/node/model-file.js';
import { Random } from '../../../src/numerics/random.js';
import { ROOT } from '../built.js';
import { findCorpus } from '../corpora.js';
import { hiddenOfTest, neighboursOf, resplit } from './resplits.js';

const CORPORA = [
  { name: 'uner-pt-bosque', train: 'train.conll', dev: 'dev.conll', test: 'test.conll' },
  { name: 'bc5cdr', train: 'train.tsv', dev: 'devel.tsv', test: 'test.tsv' },
];
const RECALLS = [0.9, 0.95, 0.99];
const SPLITS = 200;

/** The shares of the sentences that are dev: half, as with these corpora, and a fifth, of which the large rest tells more exactly. */
const SHARES = [0.5, 0.2];
const SEED = 1;

/** Sentences that stay together, as those of a document would: these corpora do not mark documents. */
const BLOCKS = [1, 10];

async function measure({ name, train, dev, test }: (typeof CORPORA)[number], folder: string): Promise<void> {
  const [trainFile, devFile, testFile] = [train, dev, test].map((file) => findCorpus(join(name, file)));
  if (!trainFile || !devFile || !testFile) return;
  const file = join(folder, `${name}.json`);
  const args = ['train', trainFile, '--dev', devFile, '--quiet', '-o', file];
  if (!existsSync(file))
    await execa(process.execPath, [join(ROOT, 'bin/rnn.js'), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const model = openModel(await readModelFile(file));
  const tagger = createTagger(model);
  const parts: SentenceHiding[][] = [];
  for (const path of [devFile, testFile])
    parts.push(hidingOfSentences(tagger, model.temperature ?? 1, await readLabelledCorpus([path], {})));
  const [first = [], second = []] = parts;
  for (const recall of RECALLS) {
    const found = hiddenOfTest(neighboursOf(first), second, recall);
    if (found)
      process.stdout.write(
        `${name}, as it is divided, ${percent(recall)} promised from dev: ${percent(found.recall)} of test hidden, and ${percent(found.cost)} of other words\n`,
      );
  }
  const sentences = parts.flat();
  const random = new Random(SEED);
  for (const size of BLOCKS) {
    const blocks = sentences.flatMap((_, index) => (index % size === 0 ? [sentences.slice(index, index + size)] : []));
    for (const share of SHARES)
      for (const recall of RECALLS) {
        const { refused, names, broken, expected, ...found } = resplit(blocks, share, recall, SPLITS, random);
        const unit = size === 1 ? 'sentences' : `${size} sentences`;
        process.stdout.write(
          `${name}, split by ${unit}, ${percent(recall)} promised from ${names.toFixed(0)} names: ` +
            `refused in ${refused} of ${SPLITS} splits; broken in ${percent(broken.all)} of the others over all sentences, in ${percent(broken.rest)} over the rest ` +
            `(${percent(expected)} expected of a rest of its size); ` +
            `${percent(found.recall)} hidden, and ${percent(found.cost)} of other words, ` +
            `from a probability of ${found.probabilities.map((each) => each.toPrecision(2)).join(' to ')}\n`,
        );
      }
  }
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

const [kept] = process.argv.slice(2);
const folder = kept ?? mkdtempSync(join(tmpdir(), 'redaction-'));
mkdirSync(folder, { recursive: true });
try {
  for (const corpus of CORPORA) await measure(corpus, folder);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
}
