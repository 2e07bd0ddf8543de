import { bracketFormat } from './bracket-corpus.js';
import { looksLikeBrat } from './brat.js';
import { conllFormat, conlluFormat, iob2Format } from './conll-formats.js';
import { doccanoShape } from './doccano.js';
import type { Format } from './format.js';
import { looksLikeJson, refuseJson, textFormatOf } from './json-texts.js';
import { jsonlShape, prodigyShape } from './jsonl.js';
import { labelStudioShape } from './label-studio.js';
import { codePointsOf } from './offsets.js';
import { spacyShape } from './spacy.js';
import { tokensFormat } from './token-lists.js';

/** The formats of one file; brat's documents are two files each, and have a reader of their own. */
const FORMATS: readonly Format[] = [
  conllFormat,
  iob2Format,
  conlluFormat,
  tokensFormat,
  textFormatOf(jsonlShape, () => (offset) => offset),
  ...[prodigyShape, doccanoShape, spacyShape, labelStudioShape].map((shape) => textFormatOf(shape, codePointsOf)),
  bracketFormat,
];

/** What `--from` and `--to` may say. */
export const FORMAT_NAMES: readonly string[] = [...FORMATS.map(({ name }) => name), 'brat'];

/** The format of a name among `FORMAT_NAMES`, brat aside. */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw new Error(`no format is called ${name}`);
  return found;
}

/**
 * The format that the beginning of a file shows for certain; columns where it shows none, since they may look like
 * anything but JSON.
 *
 * @param head 1 MB or less
 * @throws UserError where it is JSON, and broken or of an unknown shape
 */
export function detectFormat(head: string, source: string): Format | 'brat' {
  if (looksLikeBrat(head)) return 'brat';
  const found = FORMATS.find((format) => format !== conllFormat && format.isCertain(head));
  if (found) return found;
  if (looksLikeJson(head)) refuseJson(head, source);
  return conllFormat;
}
