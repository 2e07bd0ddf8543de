import fc from 'fast-check';
import { expect } from 'vitest';
import { UserError } from '../../src/errors.js';
import { BratWriter, readBrat } from '../../src/formats/brat.js';
import type { AnnotatedText } from '../../src/text/sentence.js';

const text = fc.string({ unit: fc.constantFrom('a', 'É', '🤞', ' ', '\n', '\r', '.', '\u2028'), maxLength: 12 });
const number = fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.constantFrom(99, -1, 1.5) });
const range = fc.tuple(number, number).map((pair) => pair.join(' '));
const line = fc.oneof(
  { weight: 6, arbitrary: range.map((one) => `T1\tPER ${one}`) },
  { weight: 2, arbitrary: fc.tuple(range, range).map((two) => `T2\tX ${two.join(';')}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('R1\tof Arg1:T1 Arg2:T2', '#1\tNote T1\tx', '', '\r', 'T1\tPER 0 1\ta', 'T', 'hm'),
  },
);

/** The two files of a document of brat. */
export const hostileDocuments = fc.tuple(
  text,
  fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n')),
);

/** Whatever the two files hold, they are refused with one message, or written and read again the same. */
export function expectBratReadOrRefused([content, annotations]: readonly [string, string]): boolean {
  const read = (one: string, two: string): AnnotatedText =>
    readBrat(one, two, { text: 'a.txt', annotations: 'a.ann' }, undefined, () => {});
  let record: AnnotatedText;
  try {
    record = read(content, annotations);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(3);
    return false;
  }
  const written = new BratWriter(() => expect.unreachable()).write(record, 'a.txt');
  expect(read(written.text, written.annotations).spans).toEqual(record.spans);
  return true;
}
