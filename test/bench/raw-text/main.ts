// Scores tagging of raw text beside tagging of the tokens that annotators cut: npm run bench:raw-text [MODEL TEST.iob2].
// Without arguments it trains the default network on each of the corpora that have their texts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { createConllReader } from '../../../src/formats/conll.js';
import { spansOf } from '../../../src/text/scheme.js';
import type { Sentence } from '../../../src/text/sentence.js';
import { ROOT } from '../built.js';
import { findCorpus } from '../corpora.js';
import { type LabelledPiece, pieceF1, placeTokens } from './alignment.js';

const CORPORA = [
  { name: 'Portuguese', folder: 'uner-pt-bosque', stem: 'pt_bosque' },
  { name: 'Chinese', folder: 'uner-zh-gsd', stem: 'zh_gsd' },
];
const IOB2 = { name: 'iob2', outside: 'O' } as const;

interface Tagged {
  readonly tokens: readonly { readonly start: number; readonly end: number }[];
  readonly spans: readonly LabelledPiece[];
}

async function rnn(args: readonly string[], input = ''): Promise<string> {
  const { stdout } = await execa(process.execPath, [join(ROOT, 'bin/rnn.js'), ...args], { input, maxBuffer: 2 ** 30 });
  return stdout;
}

async function tag(model: string, from: 'lines' | 'tokens', lines: readonly string[]): Promise<Tagged[]> {
  const output = await rnn(['tag', '-m', model, '--from', from, '--json'], lines.map((line) => `${line}\n`).join(''));
  return output.split('\n').map((line) => JSON.parse(line));
}

function readSentences(path: string): Sentence[] {
  const reader = createConllReader({ source: path, needsTags: true });
  const sentences = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => reader.push(line) ?? []);
  const last = reader.end();
  return last ? [...sentences, last] : sentences;
}

/** Prints token F1 of raw text, and entity F1 from the annotators' tokens and from raw text. */
async function score(name: string, model: string, path: string): Promise<void> {
  const sentences = readSentences(path);
  const texts = sentences.map(({ text, tokens }) => text ?? tokens.join(' '));
  const places = sentences.map(({ tokens }, index) => placeTokens(texts[index] as string, tokens));
  const split = places.flatMap((tokens) => tokens.filter((place, t) => place.start === tokens[t - 1]?.start)).length;
  const gold = sentences.map(({ tags }, index) => toPieces(spansOf(tags, IOB2), places[index] ?? []));
  // A space within a token would cut it in two.
  const joined = sentences.map(({ tokens }) => tokens.map((token) => token.replaceAll(' ', '\u00a0')).join(' '));
  const fromTokens = (await tag(model, 'tokens', joined)).map(({ tokens, spans }, index) =>
    toPieces(
      spans.map(({ label, start, end }) => ({
        label,
        start: tokens.findIndex((token) => token.start === start),
        end: tokens.findIndex((token) => token.end === end) + 1,
      })),
      places[index] ?? [],
    ),
  );
  const raw = await tag(model, 'lines', texts);
  const asPieces = (tokens: Tagged['tokens']): LabelledPiece[] =>
    tokens.map(({ start, end }) => ({ label: '', start, end }));
  const f1 = (found: readonly (readonly LabelledPiece[])[]): string =>
    percent(pieceF1(gold.map((pieces, index) => ({ gold: pieces, found: found[index] ?? [] }))));
  const tokenF1 = pieceF1(
    places.map((tokens, index) => ({ gold: asPieces(tokens), found: asPieces(raw[index]?.tokens ?? []) })),
  );
  process.stdout.write(
    `${name}: ${sentences.length} texts, ${split} tokens split off by annotators; token F1 ${percent(tokenF1)}; ` +
      `entity F1 ${f1(fromTokens)} from gold tokens, ${f1(raw.map(({ spans }) => spans))} from raw text\n`,
  );
}

/** Spans of tokens as pieces of the text. */
function toPieces(spans: readonly LabelledPiece[], places: Tagged['tokens']): LabelledPiece[] {
  return spans.map(({ label, start, end }) => ({
    label,
    start: places[start]?.start ?? -1,
    end: places[end - 1]?.end ?? -1,
  }));
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(2);
}

const [model, path] = process.argv.slice(2);
if (model !== undefined && path !== undefined) await score(path, model, path);
else
  for (const { name, folder, stem } of CORPORA) {
    const [train, dev, test] = ['train', 'dev', 'test'].map((part) => findCorpus(`${folder}/${stem}-ud-${part}.iob2`));
    if (!train || !dev || !test) {
      process.stdout.write(`${name}: its corpus is not here\n`);
      continue;
    }
    const work = mkdtempSync(join(tmpdir(), 'raw-text-'));
    try {
      const trained = join(work, 'model.json');
      await rnn(['train', train, '--dev', dev, '-o', trained, '--quiet']);
      await score(name, trained, test);
    } finally {
      rmSync(work, { recursive: true });
    }
  }
