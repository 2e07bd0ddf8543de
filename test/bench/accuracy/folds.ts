import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { writeConll } from '../../../src/formats/conll.js';
import type { Sentence } from '../../../src/text/sentence.js';
import type { Split } from './corpora.js';

export const FOLDS = 5;

/** Returns whether a document is test in a fold: every fifth is, so that each is test in one fold. */
export function isTest(document: number, fold: number): boolean {
  return document % FOLDS === fold;
}

/** Cuts a corpus by document and writes each fold's parts, with the marks between documents, into a folder. */
export async function foldByDocument(file: string, folder: string): Promise<readonly Split[]> {
  const { sentences } = await readCorpus([file]);
  const splits: Split[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const write = async (part: 'train' | 'test'): Promise<string> => {
      const path = join(folder, `fold${fold + 1}-${part}.conll`);
      const members = sentences.filter(({ document }) => isTest(document, fold) === (part === 'test'));
      await writeFile(path, writeDocuments(members));
      return path;
    };
    splits.push({ name: `fold ${fold + 1}`, train: await write('train'), dev: undefined, test: await write('test') });
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
