import * as z from 'zod';
import { inspect } from '../../commands/inspect.js';
import { defineTool } from '../tool.js';
import { modelInput } from './paths.js';

export const inspectTool = defineTool({
  name: 'inspect',
  description:
    'Tells what a checkpoint holds: settings, tags, vocabulary, sizes, corpora and the history of its training.',
  input: z.strictObject({ model: modelInput }),
  writes: false,
  async run({ model }, { roots }) {
    return inspect(await roots.input(model));
  },
});
