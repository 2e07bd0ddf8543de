import { modelToOnnx } from '../export/onnx.js';
import { taggingPage } from '../export/page.js';
import { decodeText } from '../node/files.js';
import { openModel, readModelFile } from '../node/model-file.js';
import { readPageScript } from '../node/package-files.js';
import { writeWhole } from '../node/writing.js';

export interface ExportOptions {
  readonly model: string;
  /** File for the network as ONNX. */
  readonly onnx?: string | undefined;
  /** File for a page that tags in the browser and needs no other file. */
  readonly html?: string | undefined;
}

/**
 * Writes a checkpoint in forms that other programs run.
 *
 * @throws UserError if the checkpoint cannot be read, exit code 3, or a file cannot be written
 */
export async function exportModel({ model, onnx, html }: ExportOptions): Promise<void> {
  const file = await readModelFile(model);
  const opened = openModel(file);
  if (onnx !== undefined) await writeWhole(onnx, modelToOnnx(opened), '--onnx');
  if (html !== undefined) {
    const page = taggingPage({ script: await readPageScript(), model: decodeText(file.bytes, file.source) });
    await writeWhole(html, page, '--html');
  }
}
