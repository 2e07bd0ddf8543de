import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FindingKind } from '../../src/checks/findings.js';
import { formatNamed } from '../../src/formats/formats.js';
import { checkCorpus, corpusFile } from '../helpers/checks.js';
import { readConll } from '../helpers/conll.js';

/** What the other commands stop at. */
const REFUSED: readonly FindingKind[] = ['wrong-columns', 'empty-field'];

function kindsOf(content: string | Uint8Array): FindingKind[] {
  return checkCorpus({ train: [corpusFile(content)] }, {}).findings.map(({ kind }) => kind);
}

const field = fc.constantFrom(
  'a',
  'B-X',
  'O',
  '1',
  '2',
  '1-2',
  '#',
  '# newdoc',
  '-DOCSTART-',
  '',
  '\ufeff',
  '\0',
  '\r',
);
const line = fc
  .array(field, { maxLength: 4 })
  .chain((fields) => fc.constantFrom('\t', ' ').map((each) => fields.join(each)));
const text = fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n'));

describe('whatever the input,', () => {
  test('lines that the other commands refuse are found, and no others', () => {
    fc.assert(
      fc.property(text, (content) => {
        let isRefused = false;
        try {
          readConll(content, { source: 'f', needsTags: true });
        } catch {
          isRefused = true;
        }
        const kinds = kindsOf(content);
        // A line of one NUL byte is told as that, and as nothing else.
        const isNul = /^\ufeff?\0\r?$/m.test(content) && kinds.includes('nul-byte');
        expect(isNul || kinds.some((kind) => REFUSED.includes(kind))).toBe(isRefused);
      }),
      { numRuns: 2000, examples: [['1-2\ta\ta\n 1-2\n2\ta']] },
    );
  });

  test.each(['conll', 'iob2', 'conllu'])(
    'what the reader of %s takes, the check takes, and as the same tags',
    (from) => {
      const row = fc.tuple(
        fc.constantFrom('Ada', 'Rome', '#x'),
        fc.constantFrom('O', 'B-X', 'I-X'),
        fc.constantFrom('O', '-', '_'),
        fc.constantFrom('Bob', '-', 'NER=B-Y', '_'),
      );
      fc.assert(
        fc.property(
          fc.array(fc.array(row, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
          fc.boolean(),
          (rows, isWide) => {
            const lineOf = (fields: readonly string[], index: number): string =>
              isWide
                ? [index + 1, fields[0], '_', '_', '_', '_', '_', '_', '_', fields[3]].join('\t')
                : [index + 1, ...fields].join('\t');
            const content = rows.map((sentence) => `# text = x\n${sentence.map(lineOf).join('\n')}\n\n`).join('');
            const reader = formatNamed(from).createReader('f', {}, () => {});
            let tags: readonly string[] | undefined;
            try {
              const items = [...reader.push(new TextEncoder().encode(content)), ...reader.end()];
              tags = items.flatMap((item) => ('tags' in item ? item.tags : []));
            } catch {
              tags = undefined;
            }
            const { findings, statistics } = checkCorpus({ train: [corpusFile(content)] }, { from, outside: 'none' });
            expect(findings.some(({ kind }) => REFUSED.includes(kind))).toBe(tags === undefined);
            if (tags) expect(statistics[0]?.tokens).toBe(tags.length);
            const lone = findings.find(({ kind }) => kind === 'lone-tag')?.count ?? 0;
            if (tags?.some((tag) => /^[BI]-/.test(tag)))
              expect(lone).toBe(tags.filter((tag) => !/^[BI]-/.test(tag)).length);
          },
        ),
      );
    },
  );

  test('the check ends, with findings whose lines the file has (JSON of no corpus aside)', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const lively = fc.array(fc.constantFrom(0x0a, 0x09, 0x20, 0x4f, 0x42, 0x2d, 0xff, 0xc3, 0xa9, 0x00, 0x0d), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          lively.map((each) => Uint8Array.from(each)),
        ),
        (content) => {
          fc.pre(!/^\s*[[{]/.test(new TextDecoder().decode(content)));
          const lines = content.filter((byte) => byte === 0x0a).length + 1;
          for (const { files, count } of checkCorpus({ train: [corpusFile(content)] }, {}).findings) {
            expect(count).toBeGreaterThan(0);
            for (const { places } of files)
              for (const place of places)
                expect(place.line >= 1 && place.line <= lines && /^\P{Cc}+$/u.test(place.what)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('the pieces in which it comes change nothing', () => {
    const bytes = fc.array(
      fc.constantFrom(
        0x0a,
        0x0a,
        0x0d,
        0x09,
        0x20,
        0x4f,
        0x42,
        0x2d,
        0x58,
        0xff,
        0xfe,
        0xc3,
        0xa9,
        0x00,
        0xef,
        0xbb,
        0xbf,
      ),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 9 }), (content, pieceLength) => {
        const files = { train: [corpusFile(Uint8Array.from(content))] };
        expect(checkCorpus(files, {}, pieceLength)).toEqual(checkCorpus(files, {}));
      }),
      { numRuns: 1000, examples: [[[0xff, 0xfe, 0x61, 0, 0x20, 0, 0x4f, 0], 1]] },
    );
  });

  test('a line of a megabyte and a million columns', () => {
    expect(kindsOf(`a\tO\n${'x'.repeat(1 << 20)}\tO\nb\tO\n`)).not.toContain('wrong-columns');
    expect(kindsOf(`a\tO\n${'x\t'.repeat(1 << 20)}\nb\tO\n`)).toContain('long-line');
    expect(kindsOf(`a\tO\n${'x\t'.repeat(400_000)}\nb\tO\n`)).toContain('wrong-columns');
  });

  test('names of objects as tokens and labels', () => {
    expect(kindsOf('__proto__\tB-__proto__\nconstructor\tB-constructor\n')).toEqual(['rare-label']);
  });
});
