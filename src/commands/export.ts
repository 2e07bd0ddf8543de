import * as z from 'zod';
import { badInput, badUsage } from '../errors.js';
import { type CardOptions, modelCard } from '../export/hub-card.js';
import { modelToOnnx } from '../export/onnx.js';
import { taggingPage } from '../export/page.js';
import type { Model } from '../model/model.js';
import { digestOf } from '../node/digest.js';
import { decodeText, exists, nameOf, readBytes } from '../node/files.js';
import { openModel, readModelFile } from '../node/model-file.js';
import { readPageScript } from '../node/package-files.js';
import { makeFolder, writeWhole } from '../node/writing.js';

export interface ExportOptions {
  readonly model: string;
  /** File for the network as ONNX. */
  readonly onnx?: string | undefined;
  /** File for a page that tags in the browser and needs no other file. */
  readonly html?: string | undefined;
  /** Folder for the model and its card, as the Hugging Face Hub takes them; it needs a `card`. */
  readonly hub?: string | undefined;
  readonly card?: HubCard | undefined;
}

/** What the card says beside what the checkpoint does. */
export interface HubCard extends Omit<CardOptions, 'scores'> {
  /** A file that `rnn eval --json` wrote; by default the scores of dev. */
  readonly scoresFile?: string | undefined;
}

const scoresSchema = z.object({
  model: z.object({ sha256: z.string() }).optional(),
  files: z.array(z.string()).min(1).optional(),
  precision: z.number().min(0).max(1),
  recall: z.number().min(0).max(1),
  f1: z.number().min(0).max(1),
  accuracy: z.number().min(0).max(1),
});

/**
 * Writes a checkpoint in forms that other programs run.
 *
 * @throws UserError if the checkpoint cannot be read, exit code 3, if the card says what the Hub cannot read, exit code 2, or if
 *   a file cannot be written
 */
export async function exportModel({ model, onnx, html, hub, card }: ExportOptions): Promise<void> {
  if (card) checkCard(card);
  const file = await readModelFile(model);
  const opened = openModel(file);
  if (onnx !== undefined) await writeWhole(onnx, modelToOnnx(opened), '--onnx');
  if (html !== undefined) {
    const page = taggingPage({ script: await readPageScript(), model: decodeText(file.bytes, file.source) });
    await writeWhole(html, page, '--html');
  }
  if (hub !== undefined && card) await exportToHub(opened, file.bytes, hub, card);
}

/** Identifiers of licences, as in `cc-by-4.0`: the Hub refuses cards with others, and has a list of those that it knows. */
const LICENCE = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
/** Codes of languages of ISO 639, with script or region if need be, and the two words that the Hub takes in their place. */
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*|multilingual|code)$/;

/** @throws UserError if the Hub cannot read what a person says of a model, exit code 2 */
function checkCard({ name, licence, languages = [] }: HubCard): void {
  if (name.trim() === '') throw badUsage('--name is empty', 'leave it out for the name of the folder');
  if (licence !== undefined && !LICENCE.test(licence))
    throw badUsage(
      `--license ${JSON.stringify(licence)} is no identifier of a licence`,
      'say one as in cc-by-4.0, apache-2.0 or other: https://huggingface.co/docs/hub/repositories-licenses lists them',
    );
  const other = languages.find((language) => !LANGUAGE.test(language));
  if (other !== undefined)
    throw badUsage(
      `--language ${JSON.stringify(other)} is no code of a language`,
      'say one as in en, pt or zh-Hant, or multilingual',
    );
}

/** @throws UserError if there is a card already, exit code 2, or if the scores cannot be read or are of another model, exit code 3 */
async function exportToHub(model: Model, bytes: Uint8Array, folder: string, card: HubCard): Promise<void> {
  const { scoresFile, ...said } = card;
  const scores = scoresFile === undefined ? undefined : await readScores(scoresFile, digestOf(bytes));
  const readme = `${folder}/README.md`;
  if (await exists(readme))
    throw badUsage(`${readme} is there already, and people may have written it`, 'name another folder, or move it');
  const text = modelCard(model, { ...said, scores });
  await makeFolder(folder, '--hub');
  await writeWhole(`${folder}/model.json`, bytes, '--hub');
  await writeWhole(readme, text, '--hub');
}

/** @param sha256 the digest of the model that the scores must be of */
async function readScores(path: string, sha256: string): Promise<CardOptions['scores']> {
  const source = nameOf(path);
  const refuse = (cause: unknown): never => {
    throw badInput(
      `${source}: expected the scores that rnn eval --json prints`,
      `try rnn eval test.conll --json > scores.json (${cause instanceof Error ? cause.message : 'other JSON'})`,
    );
  };
  try {
    const { model, files, ...scores } = scoresSchema.parse(JSON.parse(decodeText(await readBytes(path), source)));
    if (!model || !files)
      throw badInput(
        `${source}: the report does not say which model and files it is of`,
        'score the model again: rnn eval test.conll --json > scores.json',
      );
    if (model.sha256 !== sha256)
      throw badInput(
        `${source}: the scores are of another model, with the SHA-256 ${model.sha256}`,
        `score the model of this card, with the SHA-256 ${sha256}`,
      );
    // A card is public: the folders of a machine are not for it.
    return { corpus: files.map((file) => file.replace(/^.*[/\\]/, '')).join(', '), scores };
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(error);
    if (error instanceof z.ZodError) return refuse(undefined);
    throw error;
  }
}
