import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../src/formats/format-names.js';
import { formatNamed } from '../../src/formats/formats.js';
import { expectReadOrRefused, hostileFiles } from '../helpers/hostile.js';
import { expectBratReadOrRefused, hostileDocuments } from '../helpers/hostile-brat.js';
import { isReadOrRefused, OTHER_READERS } from '../helpers/hostile-others.js';

test.each(FORMAT_NAMES.filter((name) => name !== 'brat'))('20,000 files of %s', (name) => {
  let read = 0;
  fc.assert(
    fc.property(hostileFiles(name), (file) => {
      if (expectReadOrRefused(formatNamed(name), file)) read++;
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(1000);
});

test('and so is a document of brat', () => {
  let read = 0;
  fc.assert(
    fc.property(hostileDocuments, (files) => {
      if (expectBratReadOrRefused(files)) read++;
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(1000);
});

test.each(OTHER_READERS)('and so is a file that is no corpus: %s', (_, files, readFile) => {
  let read = 0;
  fc.assert(
    fc.property(files, (file) => {
      if (isReadOrRefused(readFile, file)) read++;
    }),
    { numRuns: 20_000 },
  );
  expect(read).toBeGreaterThan(400);
});
