import { type Inspection, inspectModel } from '../model/inspection.js';
import { openModel, readModelFile } from '../node/model-file.js';

/**
 * Looks into a checkpoint.
 *
 * @throws UserError where it is none that can be read, exit code 3
 */
export async function inspect(model: string): Promise<Inspection> {
  return inspectModel(openModel(await readModelFile(model)));
}
