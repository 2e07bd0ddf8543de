import { badUsage } from '../errors.js';
import { chooseHiding, type Hiding } from '../evaluation/hiding-bound.js';
import type { Model } from '../model/model.js';
import { readNameKey } from '../node/name-key.js';
import { createRedactedWriter, type RedactedWriter } from '../reports/redacted.js';
import type { TableRows } from '../reports/table-rows.js';
import { hasSpans } from '../text/scheme.js';
import { type ReplacedName, type StandInStyle, StandIns } from '../text/stand-ins.js';
import type { TagInput, TagOptions } from './tag.js';

/** How names are replaced. */
export interface RedactionOptions {
  readonly style: StandInStyle;
  /** The share of names that is to be hidden, above 0 and below 1; undefined: the names that the model finds are hidden. */
  readonly recall?: number | undefined;
  /** A file with a secret key, with which a name has the same stand-in in all documents. */
  readonly keyFile?: string | undefined;
  /** Is told the names of each document when it ends, with its number, from 1; with a key, all names at the end. */
  readonly onNames?: ((names: readonly ReplacedName[], document: number) => void) | undefined;
  /** Is told of each text that holds a stand-in which stands for a name of an earlier text of its document. */
  readonly onAmbiguous?: ((standIn: string) => void) | undefined;
}

/** The inputs whose records are documents of their own. */
const HAVE_RECORDS: readonly TagInput[] = ['jsonl', 'csv', 'tsv'];

/** The texts that are redacted, and the look of the result. */
export interface RedactedInput {
  readonly from: TagInput;
  readonly asJson: boolean;
  /** The table whose texts are redacted, if one is read and written. */
  readonly table?: TableRows | undefined;
}

/** A redaction that is ready to be given to `tag`. */
export interface Redaction extends Pick<TagOptions, 'format' | 'confidence' | 'hidingLevel'> {
  readonly to: RedactedWriter;
  /** Undefined unless a share of names was asked for. */
  readonly hiding: Hiding | undefined;
}

/**
 * Prepares to replace the names of what is tagged.
 *
 * @param input what is tagged, and how the result looks
 * @param source the name of the checkpoint in messages
 * @throws {UserError} if the options do not go together, exit code 2; if the key cannot be read, or dev was too small for the
 *   wanted share, exit code 3
 */
export async function prepareRedaction(
  model: Model,
  { style, recall, keyFile, onNames, onAmbiguous }: RedactionOptions,
  input: RedactedInput,
  source: string,
): Promise<Redaction> {
  if (!hasSpans(model.language.scheme))
    throw badUsage('redacting replaces names, but the tags of this model mark none', 'choose another --to');
  if (style === 'label' && (keyFile !== undefined || onNames))
    throw badUsage(
      `${keyFile === undefined ? '--map' : '--key-file'} needs stand-ins that tell names apart, and [PER] stands for every PER`,
      'add --style number or --style pseudonym',
    );
  const hiding = recall === undefined ? undefined : chooseHiding(model.hiding, recall, source);
  const digest = keyFile === undefined ? undefined : await readNameKey(keyFile);
  const standIns = new StandIns(style, digest, onAmbiguous);
  const scope = keyFile !== undefined ? 'all' : HAVE_RECORDS.includes(input.from) ? 'record' : 'document';
  const to = createRedactedWriter(
    { standIns, scope, asJson: input.asJson, table: input.table, onNames },
    model.language,
  );
  return {
    to,
    format: input.asJson || input.table ? undefined : 'redacted',
    hiding,
    confidence: input.asJson,
    hidingLevel: hiding?.level,
  };
}
