import { modelToOnnx } from './export/onnx.js';
import { writeWhole } from './node/files.js';
import { openModel, readModelFile } from './node/model-file.js';

export interface ExportOptions {
  readonly model: string;
  /** Where the network goes as ONNX. */
  readonly onnx?: string | undefined;
}

/**
 * Writes a checkpoint in forms that other programs run.
 *
 * @throws UserError where it is none that can be read, exit code 3, or a file cannot be written
 */
export async function exportModel({ model, onnx }: ExportOptions): Promise<void> {
  const opened = openModel(await readModelFile(model));
  if (onnx !== undefined) await writeWhole(onnx, modelToOnnx(opened));
}
