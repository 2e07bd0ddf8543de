import { badUsage } from '../errors.js';
import { bracketFormat } from './bracket.js';
import { looksLikeBrat } from './brat.js';
import { refuseCheckpoint } from './checkpoint-head.js';
import { conllFormat, conlluFormat, iob2Format } from './conll-formats.js';
import { doccanoShape } from './doccano.js';
import type { Format } from './format.js';
import { FILE_FORMATS, FORMAT_NAMES } from './format-names.js';
import { type JsonShape, looksLikeJson, recordsOf, refuseJson, textFormatOf } from './json-texts.js';
import { jsonlShape, prodigyShape } from './jsonl.js';
import { labelStudioShape } from './label-studio.js';
import { spacyShape } from './spacy.js';
import { codePointsOf } from './text-spans.js';
import { tokensFormat } from './token-lists.js';

const inCodePoints = (shape: JsonShape): Format => textFormatOf(shape, codePointsOf);

/** The formats of single files by name. A document of brat consists of two files, and has a reader of its own. */
const BY_NAME: Readonly<Record<(typeof FILE_FORMATS)[number], Format>> = {
  conll: conllFormat,
  iob2: iob2Format,
  conllu: conlluFormat,
  tokens: tokensFormat,
  jsonl: textFormatOf(jsonlShape, () => (offset) => offset),
  prodigy: inCodePoints(prodigyShape),
  doccano: inCodePoints(doccanoShape),
  spacy: inCodePoints(spacyShape),
  'label-studio': inCodePoints(labelStudioShape),
  bracket: bracketFormat,
};

const FORMATS: readonly Format[] = FILE_FORMATS.map((name) => BY_NAME[name]);

/**
 * Returns the format with a name of `FORMAT_NAMES` other than brat.
 *
 * @throws {UserError} if there is none, exit code 2
 */
export function formatNamed(name: string): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw badUsage(`no format is called ${name}`, `formats are ${FORMAT_NAMES.join(', ')}`);
  return found;
}

/** Returns the format that the beginning of a file shows for certain; undefined if it shows none. */
export function certainFormat(head: string): Format | undefined {
  return FORMATS.find((format) => format !== conllFormat && format.isCertain(head));
}

/**
 * Returns the format that the beginning of a file shows for certain, else columns, which may look like anything but JSON.
 * Where the first record shows nothing, since it is broken or lacks a field, a later one may.
 *
 * @param head the beginning of the file, at most 1 MB
 * @throws {UserError} if it is a checkpoint, or JSON that is broken or of an unknown shape
 */
export function detectFormat(head: string, source: string): Format | 'brat' {
  refuseCheckpoint(head, source);
  if (looksLikeBrat(head)) return 'brat';
  for (const part of [head, ...recordsOf(head)]) {
    const found = certainFormat(part);
    if (found) return found;
  }
  if (looksLikeJson(head)) refuseJson(head, source);
  return conllFormat;
}
