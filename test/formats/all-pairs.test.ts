import { test } from 'vitest';
import { FORMAT_NAMES } from '../../src/formats/format-names.js';
import { Folder } from '../helpers/cli.js';
import { expectReadBackFromAll } from '../helpers/conversions.js';

const folder = new Folder();

test.each(FORMAT_NAMES)('what %s holds is read back from every format, or a message says what was lost', (from) =>
  expectReadBackFromAll(from, folder, 15),
);
