import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FORMAT_NAMES, formatNamed } from '../../src/formats/formats.js';
import { expectReadOrRefused, hostileFiles } from '../helpers/hostile.js';

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
