import { UserError } from '../../errors.js';
import type { Question } from '../../server/answering-queue.js';
import type { Asked, AskedModel } from './asked.js';
import { readInceptionPredict } from './inception/suggestions.js';
import { readPredictRequest, readSetupRequest } from './label-studio/suggestions.js';
import { textOf } from './request-text.js';
import { BODIES, readTagRequest } from './tag-requests.js';

/** A model that answers, and what it is called in Label Studio. */
export interface NamedVersion {
  readonly model: AskedModel;
  readonly version: string;
}

/** The reason for which a question is refused, as JSON. */
export interface Refused {
  readonly refusal: string;
}

/**
 * Reads a question, or says what is wrong with its body.
 *
 * @param deadline when nobody waits any more, in milliseconds since 1970: records that would be read later are left out
 */
export function readOrRefuse(question: Question, answering: NamedVersion, deadline: number): Asked | Refused {
  try {
    return read(question, answering, deadline);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint } = error;
    // Options of the command are of no use to who asks.
    const useful = hint?.includes('--') ? (question.kind === 'tag' ? BODIES : undefined) : hint;
    return { refusal: JSON.stringify({ error: message, ...(useful !== undefined && { hint: useful }) }) };
  }
}

function read({ kind, body }: Question, { model, version }: NamedVersion, deadline: number): Asked {
  const text = textOf(body);
  switch (kind) {
    case 'tag': {
      const { records, isList } = readTagRequest(text, model, deadline);
      return { records, write: (lines) => (isList ? writeList(lines) : [...lines, LINE_END]) };
    }
    case 'setup':
      return readSetupRequest(text, model.language, version);
    case 'predict':
      return readPredictRequest(text, model.language, version);
    case 'inception':
      return readInceptionPredict(text, model.language);
  }
}

const OPENING = Buffer.from('[');
const COMMA = Buffer.from(',');
const CLOSING = Buffer.from(']\n');
const LINE_END = Buffer.from('\n');

function writeList(lines: readonly Uint8Array[]): Uint8Array[] {
  return [OPENING, ...lines.flatMap((line, index) => (index > 0 ? [COMMA, line] : [line])), CLOSING];
}
