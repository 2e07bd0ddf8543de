import { readFileSync } from 'node:fs';
import { type BracketSentence, readBracketLine } from '../../data/bracket-line.js';

export const STARTER_PARTS = ['train', 'dev', 'test'] as const;

export type StarterPart = (typeof STARTER_PARTS)[number];

/** A file of the starter corpus as text. */
export function starterText(part: StarterPart, extension: 'txt' | 'conll'): string {
  return readFileSync(new URL(`../../data/starter/${part}.${extension}`, import.meta.url), 'utf8');
}

/** The sentences of a part, from its bracket text. */
export function starterSentences(part: StarterPart): BracketSentence[] {
  const lines = starterText(part, 'txt').trimEnd().split('\n');
  return lines.map((line, index) => readBracketLine(line, `${part}.txt:${index + 1}`));
}
