import * as z from 'zod';
import { badUsage } from '../../errors.js';
import { loadModelFile } from '../../index.js';
import { decodeText, readBytes } from '../../node/files.js';
import { defineTool } from '../tool.js';
import { modelInput } from './paths.js';

/** The longest text, in UTF-16 units: results are read by a model, which has little room. */
const LONGEST = 200_000;

export const tagTool = defineTool({
  name: 'tag',
  description:
    'Finds names (entities) in a text with a trained model. Gives each entity with label, text, offsets (UTF-16 units, end exclusive) and confidence.',
  input: z.strictObject({
    model: modelInput,
    text: z.string().optional().describe('The text. Give this or file.'),
    file: z.string().optional().describe('Path of a file of plain text. Give this or text.'),
    minConfidence: z.number().min(0).max(1).optional().describe('Leaves out entities that are less probable.'),
    tokens: z.boolean().default(false).describe('Also gives each token with its tag.'),
  }),
  writes: false,
  async run({ model: path, text: given, file, minConfidence, tokens: wantsTokens }, { roots }) {
    if ((given === undefined) === (file === undefined)) throw badUsage('expected either text or file');
    const text = given ?? decodeText(await readBytes(await roots.input(file ?? ''), 4 * LONGEST), file ?? '');
    if (text.length > LONGEST)
      throw badUsage(`the text has ${text.length} characters, over ${LONGEST}`, 'tag it in parts, or with rnn tag');
    const model = await loadModelFile(await roots.input(path));
    const sentences = model.tag(text, { minConfidence });
    return {
      labels: model.labels,
      entities: sentences.flatMap(({ spans }) => spans),
      ...(wantsTokens && { tokens: sentences.flatMap(({ tokens }) => tokens) }),
    };
  },
});
