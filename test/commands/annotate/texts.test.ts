import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { PlacedSentence } from '../../../src/annotation/sentence.js';
import { readTexts } from '../../../src/commands/annotate/texts.js';
import { Work } from '../../../src/commands/story.js';
import type { CorpusReading } from '../../../src/formats/format.js';
import { Folder } from '../../helpers/cli.js';

const folder = new Folder();

async function read(
  content: string | Uint8Array,
  reading: CorpusReading = {},
  name = 'file',
): Promise<PlacedSentence[]> {
  folder.write(name, content);
  return new Work(readTexts([folder.at(name)], reading)).result();
}

async function noticesOf(content: string, reading: CorpusReading = {}): Promise<string[]> {
  folder.write('told.conll', content);
  const notices: string[] = [];
  for await (const { text } of readTexts([folder.at('told.conll')], reading)) notices.push(text);
  return notices.slice(1).map((text) => text.replaceAll(folder.at('told.conll'), 'told.conll'));
}

/** The words of each sentence, its line, and its entities. */
async function seen(...args: Parameters<typeof read>): Promise<string[]> {
  return (await read(...args)).map(({ tokens, line, given, recordId, isGuess, isPartial, text }) => {
    for (const token of tokens) expect(text.slice(token.start, token.end)).toBe(token.text);
    const entities = (given ?? []).map(({ label, start, end }) => `${label} ${start}-${end}`);
    return [
      line,
      recordId,
      tokens.map(({ text }) => text).join(' '),
      ...entities,
      isGuess && 'guess',
      isPartial && 'partial',
    ]
      .filter((part) => part !== undefined)
      .join('; ');
  });
}

test('lines are sentences, whatever stands in them, but blank ones', async () => {
  expect(await seen('Dr. Smith left. Bob did not.\r\n\n  \n姚明在北京。\n')).toEqual([
    '1; Dr. Smith left . Bob did not .',
    expect.stringMatching(/^4; 姚/),
  ]);
  expect(await seen('{"a":1} is no record\n', { from: 'lines' })).toHaveLength(1);
});

test('a document is cut into sentences, each with the line on which it begins', async () => {
  expect(await seen('Ada left.\nBob stayed. Eve\nmet Zoe.\n\nEnd.', { from: 'text' })).toEqual([
    '1; Ada left .',
    '2; Bob stayed .',
    '2; Eve',
    '3; met Zoe .',
    '5; End .',
  ]);
});

test('JSON lines of texts or tokens keep their ids', async () => {
  expect(await seen('{"id":"a","text":"Ada left. Bob stayed."}\n{"tokens":["Eve","."]}\n')).toEqual([
    '1; a; Ada left .',
    '1; a; Bob stayed .',
    '2; Eve .',
  ]);
});

test('columns are tokens, with or without tags', async () => {
  expect(await seen('Ada\nleft\n\nBob\n\n')).toEqual(['1; Ada left', '4; Bob']);
  expect(await seen('Ada\tB-PER\nleft\tO\n\nBob\tO\nstayed\tO\n\n')).toEqual(['1; Ada left; PER 0-1', '4; Bob stayed']);
  expect(await seen('Ada\tI-PER\nB\tI-PER\n\nC\tO\nD\tI-LOC\n\n')).toEqual(['1; Ada B; PER 0-2', '4; C D; LOC 1-2']);
});

test('labelled texts keep their entities, and what a model found is a guess', async () => {
  const span = { start: 0, end: 3, label: 'PER' };
  const record = (more: object): string => `${JSON.stringify({ text: 'Ada left.', spans: [{ ...span, ...more }] })}\n`;
  expect(await seen(record({}))).toEqual(['1; Ada left .; PER 0-1']);
  expect(await seen(record({ confidence: 0.9 }))).toEqual(['1; Ada left .; PER 0-1; guess']);
});

describe('what nobody has labelled', () => {
  test('leaves a sentence open, with the entities that are known', async () => {
    const lines = 'Ada\tB-PER\nleft\t?\nBob\t?\n\nEve\tB-PER\nleft\tO\n\nZoe\t?\n\n';
    const expected = ['1; Ada left Bob; PER 0-1; partial', '5; Eve left; PER 0-1', '8; Zoe'];
    expect(await seen(lines)).toEqual(expected);
    expect(await seen(lines.replaceAll('\t', ' '))).toEqual(expected);
    const named = lines.replaceAll('?', '_');
    for (const content of [named, named.replaceAll('\t', ' ')])
      expect(await seen(content, { unknownTag: '_' })).toEqual(expected);
  });

  test('may be a range of a record', async () => {
    const record = { text: 'Ada left Bob.', spans: [{ start: 0, end: 3, label: 'PER' }] };
    const unlabelled = [{ start: 9, end: 12 }];
    expect(await seen(`${JSON.stringify({ ...record, unlabelled })}\n`)).toEqual([
      '1; Ada left Bob .; PER 0-1; partial',
    ]);
  });

  test('under a tag that no token has is told', async () => {
    expect(await noticesOf('Ada\tB-PER\nleft\tO\n\n', { unknownTag: '_' })).toEqual([
      'warning: told.conll: no token has the tag _ of --unknown-tag',
    ]);
  });
});

describe('tags that are not taken as they are', () => {
  test('since they are plain', async () => {
    const lines = 'Ada\tPER\nleft\tO\n\n';
    expect(await noticesOf(lines)).toEqual([
      'warning: told.conll: its tags (O, PER) mark no entities, and are left out; --outside names the tag of tokens outside, --tag-column the column',
    ]);
    expect(await noticesOf(lines, { outside: 'O' })).toEqual([]);
    const pieces = [...'ABCDEFG'].map((tag) => `x\t${tag}\n`).join('');
    expect((await noticesOf(pieces))[0]).toContain('its tags (A, B, C, D, E and 2 more) mark no entities');
  });

  test('since they are ill-formed', async () => {
    const [notice] = await noticesOf('Ada\tB-PER\nleft\tO\n\nBob\tO\nEve\tI-LOC\n\nZoe\tB-PER\n\n');
    expect(notice).toMatch(/^warning: told.conll: 1 tag does not follow .* \(first in the sentence at line 4\)/);
  });

  test('and nothing is told of others', async () => {
    expect(await noticesOf('Ada\tB-PER\nleft\tO\n\n')).toEqual([]);
  });
});

test('gzip is unpacked', async () => {
  expect(await seen(gzipSync('Ada left .\n'))).toEqual(['1; Ada left .']);
});

test('a checkpoint, other bytes and a file without text are refused', async () => {
  await expect(read('\n\n')).rejects.toThrow('no text in it');
  await expect(read(Uint8Array.of(0xff, 0x41, 0x0a))).rejects.toThrow('expected UTF-8');
});
