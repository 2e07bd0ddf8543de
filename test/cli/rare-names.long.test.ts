import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { Folder } from '../helpers/cli.js';
import { starterText } from '../helpers/starter-corpus.js';

/** Of a corpus of which 98 % of the tags are O. */
const SHARE = 0.02;

const folder = new Folder();

/** Each sentence as its lines. */
function sentencesOf(part: 'train' | 'dev'): string[][] {
  const blocks = starterText(part, 'conll').trimEnd().split('\n\n');
  return blocks.map((block) => block.split('\n'));
}

function countNames(sentences: readonly string[][]): number {
  return sentences.flat().filter((line) => !line.endsWith('\tO')).length;
}

function shareOfNames(sentences: readonly string[][]): number {
  return countNames(sentences) / sentences.flat().length;
}

/** All sentences without names, and as many of the others, drawn by chance, as make 2 % of the tokens names. */
function dilute(sentences: readonly string[][]): string[][] {
  const plain = sentences.filter((sentence) => countNames([sentence]) === 0);
  const named = sentences.filter((sentence) => countNames([sentence]) > 0);
  const random = new Random(1);
  random.shuffle(named);
  const kept: string[][] = [];
  for (const sentence of named) if (shareOfNames([...plain, ...kept, sentence]) <= SHARE) kept.push(sentence);
  const mixed = [...plain, ...kept];
  random.shuffle(mixed);
  return mixed;
}

/** The sentences with the names of one label only. */
function keepLabel(sentences: readonly string[][], label: string): string[][] {
  return sentences.map((sentence) =>
    sentence.map((line) => (line.endsWith(`-${label}`) ? line : line.replace(/\t.*/, '\tO'))),
  );
}

function write(name: string, sentences: readonly string[][]): void {
  folder.write(name, sentences.map((sentence) => `${sentence.join('\n')}\n\n`).join(''));
}

async function devScores(train: string, dev: string): Promise<{ f1: number; recall: number }> {
  const { stdout } = await folder.mustRun(['train', train, '--dev', dev, '--json', '--quiet', '-o', `${train}.json`]);
  return JSON.parse(stdout).dev;
}

const [train, dev] = [sentencesOf('train'), sentencesOf('dev')];
const rare = dilute(train);
const organizations = keepLabel(train, 'ORG');

beforeAll(() => {
  write('rare.conll', rare);
  write('organizations.conll', organizations);
  write('dev.conll', dev);
  write('dev-organizations.conll', keepLabel(dev, 'ORG'));
});

test('these corpora are almost all O', () => {
  expect(shareOfNames(rare)).toBeGreaterThan(0.018);
  expect(shareOfNames(rare)).toBeLessThanOrEqual(SHARE);
  expect(shareOfNames(organizations)).toBeLessThan(0.03);
});

test('the default finds names where 98 % of the tags are O, after a few dozens of them', async () => {
  const { f1, recall } = await devScores('rare.conll', 'dev.conll');
  expect(f1).toBeGreaterThan(0.2);
  expect(recall).toBeGreaterThan(0.1);
});

test('the default finds names of one rare label', async () => {
  const { f1, recall } = await devScores('organizations.conll', 'dev-organizations.conll');
  expect(f1).toBeGreaterThan(0.25);
  expect(recall).toBeGreaterThan(0.15);
});
