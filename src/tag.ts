import { createConllReader } from './formats/conll.js';
import type { TaggedSentence } from './model/tagger.js';
import type { TaggingCrew } from './node/tagging-crew.js';
import type { TaggedFormat } from './reports/tagged.js';
import type { TextRecord } from './text/record.js';

/** `lines`: a sentence of raw text a line; `tokens`: tokens separated by single spaces; `conll`: a token a line. */
export type TagInput = 'lines' | 'tokens' | 'conll';

/** Lines of one file, or sentences given otherwise. */
export interface TagSource {
  /** Its name in messages. */
  readonly source: string;
  /** In groups; what a group completes is tagged without waiting for the next one. */
  readonly lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
}

export interface TagOptions {
  readonly from: TagInput;
  /** A format; or what writes one sentence, and is called for them in their order. */
  readonly to: TaggedFormat | ((sentence: TaggedSentence) => string);
  /** Of `conll` input, from 1. */
  readonly tokenColumn?: number | undefined;
}

/**
 * Tags lines as they come and gives what is to be written, in the order of the input.
 *
 * @throws UserError with `source:line` where `conll` input has no columns
 */
export async function* tag(
  crew: TaggingCrew,
  sources: Iterable<TagSource>,
  { from, to, tokenColumn }: TagOptions,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const groups = readRecords(sources, from, tokenColumn);
  const cutsAtSpaces = from !== 'lines';
  if (typeof to !== 'function') yield* crew.write(groups, { cutsAtSpaces, format: to });
  else for await (const records of groups) yield crew.tag(records, cutsAtSpaces).map(to).join('');
}

async function* readRecords(
  sources: Iterable<TagSource>,
  from: TagInput,
  tokenColumn?: number,
): AsyncGenerator<readonly TextRecord[], void, undefined> {
  for (const { source, lines } of sources) {
    if (from !== 'conll') {
      yield* lines;
      continue;
    }
    const reader = createConllReader({ source, needsTags: false, tokenColumn });
    for await (const group of lines) {
      const sentences = group.flatMap((line) => reader.push(line) ?? []);
      if (sentences.length > 0) yield sentences.map(({ tokens }) => tokens);
    }
    const last = reader.end();
    if (last) yield [last.tokens];
  }
}
