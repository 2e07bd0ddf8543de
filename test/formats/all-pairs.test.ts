import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { ConversionIssue } from '../../src/formats/format.js';
import { FORMAT_NAMES } from '../../src/formats/formats.js';
import { Folder } from '../helpers/cli.js';
import { anyCorpus, type Content, contentOf, convertTo } from '../helpers/conversions.js';

const folder = new Folder();

/** What is told, and changes neither the text nor the names. */
const HARMLESS = new Set(['token cut', 'uncovered text', 'white-space token', 'token boundaries']);
/** Formats that say where tokens begin and end. */
const WITH_TOKENS = new Set(['conll', 'iob2', 'conllu', 'tokens', 'jsonl', 'prodigy', 'bracket']);
const RUNS = Number(process.env.PAIRS_RUNS ?? 15);

/** Whether a conversion may be refused as a whole. */
function isRefusal(error: unknown): boolean {
  return error instanceof UserError && /no sentence in it|tags are plain labels/.test(error.message);
}

/** What both sides are compared by; documents of brat are read in the order of their names. */
function comparable({ letters, spans }: Content, to: string): object {
  return to === 'brat' ? { to, letters: [...letters].sort(), spans: [...spans].sort() } : { to, letters, spans };
}

test.each(FORMAT_NAMES)(
  'what %s holds is read back from every format, or a message says what was lost',
  async (from) => {
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
          if (WITH_TOKENS.has(from) && WITH_TOKENS.has(to) && content.documents.length > 1)
            expect({ to, documents: back.documents }).toEqual({ to, documents: content.documents });
          const areWordsKnown = content.words.join('').replace(/\s/gu, '') === content.letters;
          if (issues.length === 0 && areWordsKnown && WITH_TOKENS.has(to))
            expect({ to, words: back.words }).toEqual({ to, words: content.words });
        }
      }),
      { numRuns: RUNS },
    );
  },
);
