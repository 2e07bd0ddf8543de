import * as z from 'zod';
import { check } from '../../index.js';
import { checkJson } from '../../reports/check-json.js';
import { defineTool } from '../tool.js';
import { corporaInput, outputBeside, partInputs, readParts } from './paths.js';

/** How many places of each kind of finding are told of each file. */
const PLACES = 3;

export const checkTool = defineTool({
  name: 'check',
  description:
    'Finds what is wrong with labelled corpora before training: unreadable lines, ill-formed tags, labels that contradict each other, sentences shared between parts. Gives statistics and findings with file, line and advice.',
  input: z.strictObject({
    corpora: corporaInput,
    ...partInputs,
    repair: z.string().optional().describe('Path of a file to write, with what can be repaired for certain.'),
  }),
  writes: true,
  async run({ repair, ...parts }, { roots }) {
    const read = await readParts(roots, parts);
    return checkJson(
      await check({
        ...read,
        places: PLACES,
        repair:
          repair === undefined ? undefined : await outputBeside(roots, repair, [...read.corpora, read.dev, read.test]),
      }),
    );
  },
});
