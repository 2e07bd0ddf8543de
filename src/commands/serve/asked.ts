import type { ModelForTagging } from '../../model/model.js';
import type { AnswerFormat } from '../../server/protocol.js';
import type { FieldRecord } from '../../text/record.js';
import type { StandInStyle } from '../../text/stand-ins.js';

/** How a record is tagged and written. */
export interface How {
  readonly minConfidence?: number | undefined;
  readonly top?: number | undefined;
  readonly to: AnswerFormat;
  readonly style?: StandInStyle | undefined;
  readonly hidingLevel?: number | undefined;
}

/** What of a model decides which requests it can answer. */
export type AskedModel = Pick<ModelForTagging, 'language' | 'hiding'>;

export interface AskedRecord {
  readonly record: FieldRecord;
  readonly how: How;
}

/** What a question asks for. */
export interface Asked {
  readonly records: readonly AskedRecord[];
  /** Returns the answer, piece by piece, made of the lines of JSON that tagging wrote for the records. */
  write(lines: readonly Uint8Array[]): readonly Uint8Array[];
}
