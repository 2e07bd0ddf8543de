import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutterOf, tokensOf } from '../../src/text/cut-tokens.js';
import { DocumentCutter } from '../../src/text/document-cutter.js';
import { hasTokens, type RecordPart, type TokenizedText } from '../../src/text/record.js';
import { readRecord } from '../../src/text/sentence-breaks.js';
import { tokenize } from '../../src/text/tokenizer.js';

/** What a document that comes in pieces of these lengths is cut into. */
function cutUp(text: string, lengths: readonly number[] = [text.length], hasPages = false): RecordPart[] {
  const cutter = new DocumentCutter(tokenize, undefined, hasPages);
  const parts: RecordPart[] = [];
  let start = 0;
  for (const length of [...lengths, text.length]) {
    for (const piece of cutter.push(text.slice(start, start + length)))
      parts.push(...readRecord(piece, cutterOf(tokenize)));
    start += length;
  }
  for (const piece of cutter.end()) parts.push(...readRecord(piece, cutterOf(tokenize)));
  return parts;
}

function sentencesOf(parts: readonly RecordPart[]): TokenizedText[] {
  return parts.filter(hasTokens<TokenizedText>);
}

const textsOf = (text: string): string[] => sentencesOf(cutUp(text)).map((sentence) => sentence.text);

describe('a sentence ends', () => {
  const LINE = 'The committee of the county met on Monday with';

  test.each([
    ['behind a full stop', 'Ada left. Bob stayed.', ['Ada left.', 'Bob stayed.']],
    ['not behind an abbreviation', 'Dr. Ada left the U.S. Army.', ['Dr. Ada left the U.S. Army.']],
    ['behind quotes that close', '“Go!” He went.', ['“Go!”', 'He went.']],
    ['not before a small letter', 'Yahoo! is one.', ['Yahoo! is one.']],
    ['without a space in Chinese', '他來了。她走了！', ['他來了。', '她走了！']],
    ['at an empty line', `${LINE}\n\nthe mayor`, [LINE, 'the mayor']],
    ['behind a short line', 'Title\nAda left.', ['Title', 'Ada left.']],
    ['not where a page ended a line', `${LINE}\nHarry\nPotter`, [`${LINE}\nHarry`, 'Potter']],
    ['not inside a wrapped paragraph', `${LINE}\n${LINE}\nBob.`, [`${LINE}\n${LINE}\nBob.`]],
    ['before the item of a list', `${LINE}\n- Bob`, [LINE, '- Bob']],
    ['nowhere where nothing is', '', []],
    ['nowhere in blanks', ' \n\n ', []],
  ])('%s', (_, text, expected) => {
    expect(textsOf(text)).toEqual(expected);
  });
});

/** Pieces of prose that lie around the rules. */
const prose = fc
  .array(
    fc.constantFrom(
      'Ada',
      'left.',
      'x'.repeat(45),
      'He',
      '\n',
      '\n\n',
      ' ',
      '他來了。',
      '🦋',
      '\ud83d',
      '"',
      '- ',
      '\r\n',
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''));

test('sentences and gaps joined are the document, and offsets count from its start', () => {
  fc.assert(
    fc.property(prose, (text) => {
      const parts = cutUp(text);
      const joined = parts.map((part) => ('text' in part ? part.text : '')).join('');
      expect(joined).toBe(text === '' || text.endsWith('\n') ? text : `${text}\n`);
      for (const { text: sentence, place, ...tokens } of sentencesOf(parts)) {
        const start = place?.start ?? -1;
        expect(text.slice(start, start + sentence.length)).toBe(sentence);
        expect(tokensOf(sentence, tokens)).toEqual(tokenize(sentence));
      }
    }),
  );
});

test('sentences are the same however the document comes', () => {
  fc.assert(
    fc.property(prose, fc.array(fc.nat(40)), (text, lengths) => {
      expect(sentencesOf(cutUp(text, lengths))).toEqual(sentencesOf(cutUp(text)));
    }),
  );
});

test('a sentence has the page on which it begins, however the document comes', () => {
  fc.assert(
    fc.property(fc.array(prose, { minLength: 1 }), fc.array(fc.nat(40)), (pages, lengths) => {
      const text = pages.join('\n\f');
      for (const { place } of sentencesOf(cutUp(text, lengths, true)))
        expect(place?.page).toBe(text.slice(0, place?.start).split('\f').length);
    }),
  );
});

describe('a line that never ends', () => {
  const line = 'Ada Lovelace left London for good. '.repeat(10_000).trimEnd();

  test.each([[line], ['word '.repeat(60_000).trimEnd()], ['x'.repeat(200_000)], ['🦋'.repeat(100_000)]])(
    'is cut alike however it comes, nothing of it is lost, and no character is cut: %#',
    (text) => {
      const whole = cutUp(text);
      const lengths = Array.from({ length: Math.ceil(text.length / 7001) }, () => 7001);
      expect(sentencesOf(cutUp(text, lengths))).toEqual(sentencesOf(whole));
      expect(whole.map((part) => ('text' in part ? part.text : '')).join('')).toBe(`${text}\n`);
      for (const { text: sentence } of sentencesOf(whole)) expect(sentence).not.toMatch(/\p{Surrogate}/u);
    },
  );

  test('of sentences is cut between them', () => {
    expect(new Set(textsOf(line))).toEqual(new Set(['Ada Lovelace left London for good.']));
  });

  test('is not held', () => {
    const cutter = new DocumentCutter(tokenize);
    let held = 0;
    let longest = 0;
    for (let index = 0; index < 2000; index++) {
      const pieces = cutter.push('Ada left London and never came back to it, whatever they said. ');
      held += 63;
      for (const { text } of pieces) held -= text.length;
      longest = Math.max(longest, held);
    }
    expect(longest).toBeLessThan(70_000);
  });
});
