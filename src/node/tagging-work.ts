import type { Prediction } from '../model/decode.js';
import type { Model } from '../model/model.js';
import { createTagger, type TaggedSentence, type Tagger } from '../model/tagger.js';
import { type TaggedFormat, writerOf } from '../reports/tagged.js';
import { readRecord, type TextRecord } from '../text/record.js';

/** Records to be tagged and written. */
export interface WriteTask {
  readonly kind: 'write';
  readonly records: readonly TextRecord[];
  /** Whether spaces alone separate the tokens of a text. */
  readonly cutsAtSpaces: boolean;
  readonly format: TaggedFormat;
}

/** Sentences, as tokens, whose tags are asked for. */
export interface PredictTask {
  readonly kind: 'predict';
  readonly records: readonly (readonly string[])[];
}

/** What every thread does for tagging: from strings to what is written. */
export class TaggingWork {
  readonly #tagger: Tagger;

  constructor(model: Model) {
    this.#tagger = createTagger(model);
  }

  tag(records: readonly TextRecord[], cutsAtSpaces: boolean): TaggedSentence[] {
    return this.#tagger.tag(records.map((record) => readRecord(record, cutsAtSpaces)));
  }

  /** In UTF-8. */
  write({ records, cutsAtSpaces, format }: WriteTask): Uint8Array<ArrayBuffer> {
    const write = writerOf(format, this.#tagger.language.scheme);
    return new TextEncoder().encode(this.tag(records, cutsAtSpaces).map(write).join(''));
  }

  predict({ records }: PredictTask): Prediction[] {
    return this.#tagger.predict(records);
  }
}
