import type { Prediction } from '../model/decode.js';
import type { ModelForTagging } from '../model/model.js';
import { createTagger, type Tagger, type TagWishes, tokenizerOf } from '../model/tagger.js';
import type { TaggedFormat, TaggedRecord } from '../reports/record-writer.js';
import { createTaggedWriter } from '../reports/tagged.js';
import { readRecord, splitAtSpaces } from '../text/read-record.js';
import { type DocumentSentences, isText, type TextRecord, type TokenizedText } from '../text/record.js';
import { NO_DOCUMENT } from '../text/sentence.js';
import type { Tokenizer } from '../text/tokenizer.js';

/** What a person chooses about the tagging of records. */
export type TaggingChoices = Pick<TagWishes, 'minConfidence' | 'top'>;

/** How records are tagged. */
export interface TaggingWay extends TaggingChoices {
  /** Whether spaces alone separate the tokens of a text. */
  readonly cutsAtSpaces: boolean;
}

/** Records to be tagged and written. */
export interface WriteTask extends TaggingWay {
  readonly kind: 'write';
  readonly records: readonly TextRecord[];
  readonly format: TaggedFormat;
}

/** Sentences, as tokens, whose tags are asked for. */
export interface PredictTask {
  readonly kind: 'predict';
  readonly records: readonly (readonly string[] | DocumentSentences)[];
  /** Whether the confidence of their spans is, too. */
  readonly confidence: boolean;
}

/** What every thread does for tagging: from strings to what is written. */
export class TaggingWork {
  /** Cuts raw text into tokens as the training corpus has them. */
  readonly tokenize: Tokenizer;
  readonly #tagger: Tagger;

  constructor(model: ModelForTagging) {
    this.tokenize = tokenizerOf(model.language);
    this.#tagger = createTagger(model);
  }

  tag(records: readonly TextRecord[], { cutsAtSpaces, ...wishes }: TaggingWay & TagWishes): TaggedRecord[] {
    const cut = cutsAtSpaces ? splitAtSpaces : this.tokenize;
    const documents: number[] = [];
    const parts = records.flatMap((record, index) => {
      const found = readRecord(record, cut);
      for (const part of found)
        if (isText(part)) documents.push(isDocument(record) || part.breaks ? index : NO_DOCUMENT);
      return found;
    });
    const tagged = this.#tagger.tag(parts.filter(isText<TokenizedText>), wishes, documents).values();
    return parts.map((part) => (isText(part) ? (tagged.next().value as TaggedRecord) : part));
  }

  /** In UTF-8. */
  write({ records, format, ...way }: WriteTask): Uint8Array<ArrayBuffer> {
    const { write } = createTaggedWriter(format, this.#tagger.language);
    const confidence = format === 'jsonl' || format === 'html';
    return new TextEncoder().encode(
      this.tag(records, { ...way, confidence })
        .map(write)
        .join(''),
    );
  }

  predict({ records, confidence }: PredictTask): Prediction[] {
    const sentences = records.flatMap((record) => (isDocument(record) ? record.sentences : [record]));
    const documents = records.flatMap((record, index) =>
      isDocument(record) ? record.sentences.map(() => index) : [NO_DOCUMENT],
    );
    return this.#tagger.predict(sentences, { confidence }, documents);
  }
}

function isDocument(record: TextRecord): record is DocumentSentences {
  return typeof record !== 'string' && 'kind' in record && record.kind === 'sentences';
}
