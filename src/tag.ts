import { createConllReader } from './formats/conll.js';
import { SinglePredictor } from './model/predictor.js';
import { type TaggedSentence, Tagger } from './model/tagger.js';
import { readModel } from './node/model-file.js';
import type { Sentence, Token } from './text/sentence.js';
import { tokenize } from './text/tokenizer.js';

/** `lines`: a sentence of raw text a line; `tokens`: tokens separated by single spaces; `conll`: a token a line. */
export type TagInput = 'lines' | 'tokens' | 'conll';

/** @throws UserError where there is no checkpoint or a damaged one, exit code 3 */
export async function loadTagger(path: string): Promise<Tagger> {
  const { language, network } = await readModel(path);
  return new Tagger(language, new SinglePredictor(network));
}

/**
 * Tags lines as they come, one result a record, in input order.
 *
 * @param lines in groups; what a group completes is tagged before the next one is asked for
 * @param source name of the input in messages
 * @param tokenColumn of `conll` input, from 1
 * @throws UserError with `source:line` where `conll` input has no columns
 */
export async function* tagLines(
  tagger: Tagger,
  lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  input: TagInput,
  source: string,
  tokenColumn?: number,
): AsyncGenerator<TaggedSentence[], void, undefined> {
  const reader = createConllReader({ source, needsTags: false, tokenColumn });
  for await (const group of lines) {
    if (input === 'conll') {
      const sentences = group.flatMap((line) => reader.push(line) ?? []);
      if (sentences.length > 0) yield tagger.tag(sentences.map(joinTokens));
    } else yield tagger.tag(group.map((line) => readLine(line, input)));
  }
  const last = reader.end();
  if (last) yield tagger.tag([joinTokens(last)]);
}

interface TokenizedText {
  readonly text: string;
  readonly tokens: readonly Token[];
}

function readLine(line: string, input: 'lines' | 'tokens'): TokenizedText {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.trim() === '') return { text, tokens: [] };
  return { text, tokens: input === 'lines' ? tokenize(text) : splitAtSpaces(text) };
}

function splitAtSpaces(text: string): Token[] {
  return [...text.matchAll(/[^ ]+/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function joinTokens({ tokens }: Sentence): TokenizedText {
  let start = 0;
  const placed = tokens.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: tokens.join(' '), tokens: placed };
}
