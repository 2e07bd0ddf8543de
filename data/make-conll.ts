import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { writeConll } from '../src/formats/conll.js';
import { tagsOf } from '../src/text/scheme.js';
import { readBracketLine } from './bracket-line.js';

const PARTS = ['train', 'dev', 'test'] as const;

/** Bracket text, a sentence a line, as CoNLL with IOB2 tags. */
export function bracketToConll(text: string, source: string): string {
  const lines = text.trimEnd().split('\n');
  return lines
    .map((line, index) => {
      const { tokens, spans } = readBracketLine(line, `${source}:${index + 1}`);
      return writeConll({ tokens, tags: tagsOf(spans, tokens.length, { name: 'iob2', outside: 'O' }) });
    })
    .join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const part of PARTS) {
    const file = new URL(`starter/${part}.txt`, import.meta.url);
    const text = bracketToConll(readFileSync(file, 'utf8'), `${part}.txt`);
    writeFileSync(new URL(`starter/${part}.conll`, import.meta.url), text);
  }
}
