import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { convert } from '../../src/commands/convert.js';
import { readItems } from '../../src/corpora/read-corpus.js';
import { UserError } from '../../src/errors.js';
import type { ConversionIssue, CorpusItem } from '../../src/formats/format.js';
import { FORMAT_NAMES } from '../../src/formats/format-names.js';
import { createTokenMending } from '../../src/formats/uncovered-text.js';
import type { Folder } from './cli.js';
import { spanTexts } from './corpus-readers.js';

/** Converts a file as `rnn convert` does, and returns what was told. */
async function convertTo(to: string, from: string, path: string, output: string): Promise<ConversionIssue[]> {
  const issues: ConversionIssue[] = [];
  rmSync(output, { recursive: true, force: true });
  if (to === 'brat') mkdirSync(output);
  let text = '';
  for await (const event of convert({ files: [path], to, reading: { from } })) {
    if (event.kind === 'text') text += event.text;
    else if (event.kind === 'document') {
      writeFileSync(join(output, `${event.name}.txt`), event.text);
      writeFileSync(join(output, `${event.name}.ann`), event.annotations);
    } else if (event.kind === 'issue') issues.push(event.issue);
  }
  if (to !== 'brat') writeFileSync(output, text);
  return issues;
}

/** What a corpus says: its letters, its words as far as it has them, and its spans in order. */
interface Content {
  readonly letters: string;
  readonly words: readonly string[];
  readonly spans: readonly string[];
  /** The letters of each document. */
  readonly documents: readonly string[];
}

/** Reads a file as training does. */
async function contentOf(from: string, path: string): Promise<Content> {
  const items: CorpusItem[] = [];
  for await (const piece of readItems(path, { from }, () => {})) {
    const mending = createTokenMending(() => {});
    items.push(...mending.take(piece.items, path));
  }
  return {
    letters: items.map(lettersOf).join(''),
    words: items.flatMap((item) => ('spans' in item ? (item.tokens ?? []).map(({ text }) => text) : item.tokens)),
    spans: spanTexts(items),
    documents: documentsOf(items),
  };
}

/** Texts that follow each other and name the same document, or none, are one. */
function documentsOf(items: readonly CorpusItem[]): string[] {
  const documents: string[] = [];
  let previous: CorpusItem['document'] | null = null;
  for (const item of items) {
    const letters = lettersOf(item);
    if (letters === '') continue;
    const document = 'spans' in item ? (item.document ?? 0) : item.document;
    if (document === previous) documents.push(`${documents.pop()}${letters}`);
    else documents.push(letters);
    previous = document;
  }
  return documents;
}

function lettersOf(item: CorpusItem): string {
  return ('spans' in item ? item.text : item.tokens.join(' ')).replace(/\s/gu, '');
}

const word = fc.constantFrom(
  ...['Anna', 'said.', 'Yahoo!', 'É', '漢字', '🤞', '-', '.', ',', '[', ']', '\\', '](X)', '#', '1', '|', '_', '"'],
  ...['-DOCSTART-', 'NER=B-X', 'T1', '\uFEFFx', 'a\u00a0b', 'a\u2028b', 'a\rb'],
);
const gap = fc.constantFrom('', ' ', ' ', ' ', '\n', '\r\n', '\n\n', '\t', '\u00a0', '\u3000', '\u2028', '\r');
const label = fc.constantFrom('PER', 'PER', 'LOC', 'B-side', '__proto__', 'a b', 'x|y', ')', '\u00a0x', 'a\tb', 'a\nb');

/** A record of JSON lines: words and white space, some of them tokens, and spans that may overlap, over any of them. */
const textRecord = fc
  .record({
    pieces: fc.array(fc.tuple(gap, word, fc.integer({ min: 0, max: 7 })), { maxLength: 8 }),
    spans: fc.array(fc.tuple(fc.nat(20), fc.nat(3), label), { maxLength: 3 }),
    hasTokens: fc.boolean(),
    document: fc.constantFrom(undefined, undefined, 'x', 1),
  })
  .map(({ pieces, spans, hasTokens, document }) => {
    let text = '';
    const tokens: { start: number; end: number }[] = [];
    const edges: number[] = [0];
    for (const [space, piece, kind] of pieces) {
      const start = text.length;
      text += space + piece;
      edges.push(start + space.length, text.length);
      if (kind === 1 && space !== '') tokens.push({ start, end: start + space.length });
      if (kind !== 0) tokens.push({ start: start + space.length, end: text.length });
    }
    const ranges = spans.flatMap(([from, length, name]) => {
      const start = edges[from % edges.length] ?? 0;
      const end = edges[Math.min((from % edges.length) + length + 1, edges.length - 1)] ?? 0;
      return start < end ? [{ start, end, label: name }] : [];
    });
    return { text, ...(hasTokens && { tokens }), spans: ranges, ...(document !== undefined && { document }) };
  });

const anyTag = fc.constantFrom(
  'O',
  'O',
  'B-PER',
  'I-PER',
  'I-LOC',
  'E-LOC',
  'S-X',
  'B-\u00a0',
  'B-a b',
  'B-',
  'I',
  'B-x|y',
);
const anyToken = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom('\u00a0', '\u3000', '\n', 'a\tb', 'a\nb', ' a', 'b ') },
);

/** A record of token lists. */
const tokenRecord = fc
  .record({
    pairs: fc.array(fc.tuple(anyToken, anyTag), { minLength: 1, maxLength: 6 }),
    document: fc.constantFrom(undefined, undefined, 'x', 1),
  })
  .map(({ pairs, document }) => ({
    tokens: pairs.map(([token]) => token),
    tags: pairs.map(([, tag]) => tag),
    ...(document !== undefined && { document }),
  }));

/** A file of JSON lines of one kind, and the name of its format. */
const anyCorpus: fc.Arbitrary<readonly [format: 'jsonl' | 'tokens', text: string]> = fc.oneof(
  fc.array(textRecord, { minLength: 1, maxLength: 4 }).map((all) => ['jsonl', linesOf(all)] as const),
  fc.array(tokenRecord, { minLength: 1, maxLength: 4 }).map((all) => ['tokens', linesOf(all)] as const),
);

function linesOf(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** Formats whose every sentence is in a document that the file marks; a text of JSON without a name may be one of its own. */
const WITH_DOCUMENTS = new Set(['conll', 'iob2', 'conllu', 'tokens', 'bracket']);
/** What is told, and changes neither the text nor the names. */
const HARMLESS = new Set(['token cut', 'uncovered text', 'white-space token', 'token boundaries']);
/** Formats that say where tokens begin and end. */
const WITH_TOKENS = new Set(['conll', 'iob2', 'conllu', 'tokens', 'jsonl', 'prodigy', 'bracket']);

/** Whether a conversion may be refused as a whole. */
function isRefusal(error: unknown): boolean {
  return error instanceof UserError && /no sentence in it|tags are plain labels/.test(error.message);
}

/** What both sides are compared by; documents of brat are read in the order of their names. */
function comparable({ letters, spans }: Content, to: string): object {
  return to === 'brat' ? { to, letters: [...letters].sort(), spans: [...spans].sort() } : { to, letters, spans };
}

/**
 * Whatever corpus a format holds, it is read back from every other format as it was, or a message says what was lost.
 *
 * @param numRuns the number of corpora, each of which is converted to all formats
 */
export async function expectReadBackFromAll(from: string, folder: Folder, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyCorpus, async ([format, text]) => {
      const given = folder.at(`given-${from}`);
      const first = format === from ? given : folder.at(`first-${from}`);
      folder.write(`given-${from}`, text);
      const second = folder.at(`second-${from}`);
      let content: Content;
      try {
        if (format !== from) await convertTo(from, format, given, first);
        content = await contentOf(from, first);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        return;
      }
      for (const to of FORMAT_NAMES) {
        let issues: ConversionIssue[];
        try {
          issues = await convertTo(to, from, first, second);
        } catch (error) {
          if (!isRefusal(error)) throw error;
          continue;
        }
        const back = await contentOf(to, second);
        if (issues.some(({ kind }) => !HARMLESS.has(kind))) continue;
        expect(comparable(back, to)).toEqual(comparable(content, to));
        if (WITH_DOCUMENTS.has(from) && WITH_TOKENS.has(to) && content.documents.length > 1)
          expect({ to, documents: back.documents }).toEqual({ to, documents: content.documents });
        const areWordsKnown = content.words.join('').replace(/\s/gu, '') === content.letters;
        if (issues.length === 0 && areWordsKnown && WITH_TOKENS.has(to))
          expect({ to, words: back.words }).toEqual({ to, words: content.words });
      }
    }),
    { numRuns },
  );
}
