import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBracketLine } from '../../data/bracket-line.js';
import { ExitCode } from '../../src/errors.js';
import { writeBracketText } from '../../src/formats/bracket-text.js';
import type { TextSpan } from '../../src/text/sentence.js';
import { userErrorOf } from '../helpers/user-error.js';

const token = fc.string({
  unit: fc.constantFrom('a', 'É', '🤞', '[', ']', '\\', '(', ')', '](PER)', '\\[', 'n', '\u00a0'),
  minLength: 1,
  maxLength: 5,
});
const label = fc.constantFrom('PER', 'creative-work', 'Ő_1', '[', '\\');

/** Tokens in runs, each a span or, without a label, no span. */
const runs = fc.array(
  fc.record({ tokens: fc.array(token, { minLength: 1, maxLength: 3 }), label: fc.option(label, { nil: undefined }) }),
  { minLength: 1, maxLength: 5 },
);

describe('bracket text', () => {
  test('that was written is read back: same tokens, same spans', () => {
    fc.assert(
      fc.property(runs, (sentence) => {
        const tokens = sentence.flatMap((run) => run.tokens);
        const spans = [];
        const ranges: TextSpan[] = [];
        let position = 0;
        let offset = 0;
        for (const run of sentence) {
          const length = run.tokens.join(' ').length;
          if (run.label !== undefined) {
            spans.push({ label: run.label, start: position, end: position + run.tokens.length });
            ranges.push({ label: run.label, start: offset, end: offset + length });
          }
          position += run.tokens.length;
          offset += length + 1;
        }
        const line = writeBracketText(tokens.join(' '), ranges);
        expect(readBracketLine(line, 'line')).toEqual({ tokens, spans });
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, string[], [string, number, number][]]>([
    [
      '[Ada Lovelace](PER) wrote to [Babbage](PER) .',
      ['Ada', 'Lovelace', 'wrote', 'to', 'Babbage', '.'],
      [
        ['PER', 0, 2],
        ['PER', 4, 5],
      ],
    ],
    [
      '[Lima](LOC) [Peru](LOC)',
      ['Lima', 'Peru'],
      [
        ['LOC', 0, 1],
        ['LOC', 1, 2],
      ],
    ],
    ['a \\[sic\\] b', ['a', '[sic]', 'b'], []],
    ['[\\[x\\]](MISC)', ['[x]'], [['MISC', 0, 1]]],
    ['C:\\temp \\\\ \\n', ['C:\\temp', '\\', '\\n'], []],
    ['f(x) (PER) \\](PER)', ['f(x)', '(PER)', '](PER)'], []],
  ])('%s', (line, tokens, spans) => {
    expect(readBracketLine(line, 'line')).toEqual({
      tokens,
      spans: spans.map(([name, start, end]) => ({ label: name, start, end })),
    });
  });

  test('has a backslash before a bracket, and doubled only where it would be read as one', () => {
    expect(writeBracketText('a [b] c:\\d \\[ \\', [])).toBe('a \\[b\\] c:\\d \\\\\\[ \\\\');
    expect(writeBracketText('Ada\\ x', [{ label: 'PER', start: 0, end: 4 }])).toBe('[Ada\\\\](PER) x');
  });
});

describe('bracket text that cannot be read is named by its place', () => {
  test.each([
    ['[Ada [Lovelace](PER) x', 'train.txt:7: a "[" inside a span', 'write a literal bracket as \\['],
    ['Ada](PER) x', 'train.txt:7: a "]" that closes no [entity](LABEL)', 'write a literal bracket as \\]'],
    ['[Ada] x', 'train.txt:7: a "]" that closes no [entity](LABEL)', 'write a literal bracket as \\]'],
    ['[Ada]() x', 'train.txt:7: a "]" that closes no [entity](LABEL)', 'write a literal bracket as \\]'],
    ['[Ada](a b) x', 'train.txt:7: a "]" that closes no [entity](LABEL)', 'write a literal bracket as \\]'],
    ['[Ada (PER) x', 'train.txt:7: a "[" that no "](LABEL)" closes', 'write a literal bracket as \\['],
    ['Ada  x', 'train.txt:7: an empty token', 'separate tokens by single spaces'],
    [' Ada', 'train.txt:7: an empty token', 'separate tokens by single spaces'],
    ['', 'train.txt:7: an empty token', 'separate tokens by single spaces'],
    [
      '[Ada](PER)s x',
      'train.txt:7: the span "Ada" does not begin and end with a token',
      'put a space before "[" and after ")"',
    ],
    [
      'x-[Ada](PER) x',
      'train.txt:7: the span "Ada" does not begin and end with a token',
      'put a space before "[" and after ")"',
    ],
    ['x [](PER)', 'train.txt:7: an empty token', 'separate tokens by single spaces'],
    [
      'x[](PER) y',
      'train.txt:7: the span "" does not begin and end with a token',
      'put a space before "[" and after ")"',
    ],
  ])('%j', (line, message, hint) => {
    const error = userErrorOf(() => readBracketLine(line, 'train.txt:7'));
    expect(error.message).toBe(message);
    expect(error.hint).toBe(hint);
    expect(error.exitCode).toBe(ExitCode.badInput);
  });
});
