import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { writeConll } from '../../../src/formats/conll.js';
import type { Sentence } from '../../../src/text/sentence.js';
import type { Split } from './corpora.js';

export const FOLDS = 5;

/** Of the documents that are not test one in so many is dev. */
const DEV_SHARE = 10;

export type Part = 'train' | 'dev' | 'test';

/**
 * Which part a document is of: every fifth document is test, so that each is test in one fold; of the four that follow
 * each of those every tenth is dev.
 */
export function partOf(document: number, fold: number): Part {
  const placeAfterTest = (document - fold + FOLDS) % FOLDS;
  if (placeAfterTest === 0) return 'test';
  const placeAmongOthers = Math.floor(document / FOLDS) * (FOLDS - 1) + placeAfterTest - 1;
  return placeAmongOthers % DEV_SHARE === fold ? 'dev' : 'train';
}

/** Cuts a corpus by document and writes each fold's parts, with the marks between documents, into a folder. */
export async function foldByDocument(file: string, folder: string): Promise<readonly Split[]> {
  const { sentences } = await readCorpus([file]);
  const splits: Split[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const write = async (part: Part): Promise<string> => {
      const path = join(folder, `fold${fold + 1}-${part}.conll`);
      const members = sentences.filter(({ document }) => partOf(document, fold) === part);
      await writeFile(path, writeDocuments(members));
      return path;
    };
    const [train, dev, test] = [await write('train'), await write('dev'), await write('test')];
    splits.push({ name: `fold ${fold + 1}`, train, dev, test, devIsCutFromTrain: true });
  }
  return splits;
}

/** CoNLL text with a `-DOCSTART-` line before each document. */
function writeDocuments(sentences: readonly Sentence[]): string {
  return sentences
    .map((sentence, index) => {
      const opens = index === 0 || sentences[index - 1]?.document !== sentence.document;
      return `${opens ? '-DOCSTART- O\n\n' : ''}${writeConll(sentence)}`;
    })
    .join('');
}
