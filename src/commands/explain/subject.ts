import { illFormedNotice } from '../../corpora/notices.js';
import { readLabelledCorpus } from '../../corpora/read-corpus.js';
import { badInput, badUsage } from '../../errors.js';
import { type GoldTags, readGold, schemeOfGold } from '../../explanation/gold-tags.js';
import { LONGEST_WITH_LOSSES } from '../../explanation/word-losses.js';
import type { CorpusReading } from '../../formats/format.js';
import { documentShareOf, type Model } from '../../model/model.js';
import { tokenizerOf } from '../../model/tagger.js';
import { nameOf } from '../../node/files.js';
import { counted, grouped } from '../../text/counts.js';
import { cutterOf, wordsIn } from '../../text/cut-tokens.js';
import { hasTokens, type TokenizedText } from '../../text/record.js';
import type { Scheme } from '../../text/scheme.js';
import type { Sentence } from '../../text/sentence.js';
import { readRecord, splitAtSpaces } from '../../text/sentence-breaks.js';
import { type Notice, noticesOf, noticesOfCorpus } from '../story.js';

/** What says which sentence is explained. */
export interface SubjectOptions {
  /** The text of the sentence; undefined if a line is named. */
  readonly sentence?: string | undefined;
  /** True if spaces alone separate the tokens of the text. */
  readonly cutsAtSpaces: boolean;
  /** The gold tags of the text's tokens, with spaces between them. */
  readonly gold?: string | undefined;
  /** A file and a number of a line, `FILE:N`: the sentence of a corpus that stands there, with its tags. */
  readonly line?: string | undefined;
  /** How corpora are read. */
  readonly reading: CorpusReading;
}

/** A sentence that is to be explained. */
export interface Subject {
  readonly tokens: readonly string[];
  readonly gold?: { readonly tags: readonly string[]; readonly scheme: Scheme } | undefined;
}

/** What cuts and reads a sentence as a model was trained to. */
type Reader = Pick<Model, 'language' | 'documentShare'> & {
  readonly settings: Pick<Model['settings'], 'documentShare' | 'outside'>;
};

/**
 * Reads the sentence that is to be explained.
 *
 * @throws {UserError} if it is not as it should be
 */
export async function* readSubject(options: SubjectOptions, model: Reader): AsyncGenerator<Notice, Subject, undefined> {
  if (options.line !== undefined) return yield* readLine(options.line, options.reading, model);
  const { sentence = '', gold, cutsAtSpaces } = options;
  const { language } = model;
  const tokens = readRecord(sentence, cutterOf(cutsAtSpaces ? splitAtSpaces : tokenizerOf(language)))
    .filter(hasTokens<TokenizedText>)
    .flatMap((part) => wordsIn(part.text, part));
  if (gold === undefined) return { tokens };
  const tags = gold.split(/\s+/).filter((tag) => tag !== '');
  const scheme = schemeOfGold(tags, language);
  yield* noticesOf(...illFormedNotice('--gold', [{ tags, line: 1 }], scheme));
  return { tokens, gold: { tags, scheme } };
}

/** Reads the sentence of a corpus that has a line. */
async function* readLine(
  place: string,
  reading: CorpusReading,
  model: Reader,
): AsyncGenerator<Notice, Subject, undefined> {
  const [, path = '', digits = ''] = /^(.+):(\d+)$/s.exec(place) ?? [];
  if (path === '') throw badUsage(`--line: expected FILE:N, found ${place}`, 'as in --line test.conll:12');
  const line = Number(digits);
  const corpus = await readLabelledCorpus([path], { ...reading, outside: model.settings.outside });
  yield* noticesOfCorpus(corpus);
  const { sentences, scheme } = corpus;
  const begun = sentences.findIndex((each) => each.line === line);
  const index = begun >= 0 ? begun : sentences.findLastIndex((each) => each.line <= line);
  const there = sentences.filter((each) => each.line === sentences[index]?.line);
  const [sentence] = there;
  if (!sentence || line > sentence.line + (corpus.hasTokenLines[index] ? sentence.tokens.length : 0))
    throw badInput(
      `${nameOf(path)}:${line}: no sentence there`,
      sentence
        ? `the one before begins on line ${sentence.line}`
        : `the first one begins on line ${sentences[0]?.line}`,
    );
  if (there.length > 1)
    yield* noticesOf(`${nameOf(path)}:${sentence.line}: ${there.length} sentences; the first one is explained`);
  if (sentence.isOfMarkedDocument && (documentShareOf(model) > 0 || model.language.features.seesDocuments))
    yield* noticesOf(
      'the sentence is explained on its own; rnn tag lets the words of a document help each other, and may tag it otherwise there',
    );
  const { tokens, tags } = sentence;
  const lacking = reasonAgainstGold(sentence);
  if (lacking === undefined) return { tokens, gold: { tags, scheme } };
  yield* noticesOf(`${nameOf(path)}:${sentence.line}: explained without gold tags: ${lacking}`);
  return { tokens };
}

/** Says why the tags of a sentence of a corpus are no gold tags of an explanation; undefined if they are. */
function reasonAgainstGold({ tokens, possible = [] }: Sentence): string | undefined {
  const unknown = possible.filter((labels) => labels !== undefined).length;
  if (unknown > 0)
    return `${unknown === 1 ? 'the tag' : 'the tags'} of ${unknown} of its ${counted(tokens.length, 'word')} ${unknown === 1 ? 'is' : 'are'} not known`;
  if (tokens.length <= LONGEST_WITH_LOSSES) return undefined;
  return `it has ${counted(tokens.length, 'word')}, and losses are told of at most ${LONGEST_WITH_LOSSES}`;
}

/**
 * Returns the gold tags of a subject as a model knows them; undefined if it has none.
 *
 * @throws {UserError} if there are no tokens, or gold tags for more than `LONGEST_WITH_LOSSES`, or gold tags that are not as
 *   they should be
 */
export function goldOf({ tokens, gold }: Subject, { language }: Pick<Reader, 'language'>): GoldTags | undefined {
  if (tokens.length === 0)
    throw badUsage('the sentence has no words', 'rnn explain "Harry Potter met Hermione Granger"');
  if (gold && tokens.length > LONGEST_WITH_LOSSES)
    throw badUsage(
      `gold tags: expected a sentence of at most ${LONGEST_WITH_LOSSES} words, found ${grouped(tokens.length)}`,
      'explain a part of it, or all of it without gold tags',
    );
  return gold && readGold(gold.tags, tokens, gold.scheme, language);
}

/**
 * Finds the words that a list names.
 *
 * @returns their numbers, from 0, in ascending order
 * @throws {UserError} if a name is none of the sentence's words, nor a number of one
 */
export function wordsNamed(list: string, tokens: readonly string[]): number[] {
  const numbers = [...tokens.keys()];
  if (list === 'all') return numbers;
  const named = new Set(
    list.split(',').flatMap((name) => {
      const number = Number(name) - 1;
      const found = number in tokens ? [number] : numbers.filter((t) => tokens[t] === name);
      if (found.length > 0) return found;
      throw badUsage(
        `--why: no word of the sentence is ${name}`,
        `the words are: ${tokens.map((token, t) => `${t + 1} ${token}`).join(', ')}`,
      );
    }),
  );
  return [...named].sort((a, b) => a - b);
}
