import { type Inspection, inspectModel } from '../model/inspection.js';
import { openModel, readModelFile } from '../node/model-file.js';

/**
 * Describes what a checkpoint holds.
 *
 * @throws UserError if it cannot be read, exit code 3
 */
export async function inspect(model: string): Promise<Inspection> {
  return inspectModel(openModel(await readModelFile(model)));
}
