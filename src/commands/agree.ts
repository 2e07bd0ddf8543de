import { outsideNotice } from '../corpora/notices.js';
import { kindOf, readLabelledCorpus } from '../corpora/read-corpus.js';
import { findPlaces, type SentencePlace } from '../corpora/sentence-places.js';
import { badInput, badUsage } from '../errors.js';
import { type Agreement, measureAgreement } from '../evaluation/agreement-figures.js';
import { type AnnotatedSentence, type Annotator, alignAnnotators } from '../evaluation/annotations.js';
import { type Dispute, findDisputes } from '../evaluation/disputes.js';
import { type Finding, findingOf } from '../evaluation/finding.js';
import type { CorpusReading } from '../formats/format.js';
import { nameOf } from '../node/files.js';
import { at } from '../text/at.js';
import { counted } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { countTokens, type Sentence, type Span } from '../text/sentence.js';
import { chanceFor } from '../training/chance.js';
import { type Notice, noticesOf, noticesOfCorpus } from './story.js';

export interface AgreeOptions {
  /** A file for each annotator. */
  readonly files: readonly string[];
  readonly reading: CorpusReading;
  /** Draws the samples of intervals. */
  readonly seed: number;
}

/** A finding of a dispute, with what each annotator has there. */
export interface DisputeFinding extends Finding, Pick<Dispute, 'readings'> {
  /** Whether all spans of the sentence begin and end where tokens of the first annotator do, whose corpus can then have them. */
  readonly isReviewable: boolean;
}

export interface AgreeReport {
  /** Names of the annotators: their files. */
  readonly annotators: readonly string[];
  readonly scheme: Scheme;
  readonly sentences: number;
  readonly tokens: number;
  readonly agreement: Agreement;
  /** The places where annotators differ, first those in which the first annotator is most alone, then in the order of the corpus. */
  readonly disputes: readonly DisputeFinding[];
}

/**
 * Measures how far annotators agree about the sentences that all of them have labelled, and finds where they do not.
 *
 * @throws UserError if a file cannot be read, or no sentence is common to all, exit code 3; if there are less than two files, exit code 2
 */
export async function* agree({ files, reading, seed }: AgreeOptions): AsyncGenerator<Notice, AgreeReport, undefined> {
  if (files.length < 2) throw badUsage('agreement is between two annotators or more', 'name a file for each of them');
  const annotators: Annotator[] = [];
  let places: readonly SentencePlace[] = [];
  for (const path of files) {
    const corpus = await readLabelledCorpus([path], reading);
    yield* noticesOfCorpus(corpus);
    yield* noticesOf(...outsideNotice(nameOf(path), corpus.sentences, reading.outside));
    const own = await findPlaces(corpus, [path], reading);
    const [first] = annotators;
    if (first) checkKind(nameOf(path), corpus.scheme, first);
    else places = own;
    const { sentences, scheme } = corpus;
    annotators.push({ sentences, scheme, name: nameOf(path), places: own.map(({ id }) => id) });
  }
  const { sentences, lacking } = alignAnnotators(annotators);
  for (const [index, { count, first }] of lacking.entries())
    if (count > 0)
      yield* noticesOf(
        `warning: ${at(annotators, index).name} lacks ${counted(count, 'sentence')} that others have, left out: the first is ${first}`,
      );
  const agreement = measureAgreement(sentences, annotators.length, chanceFor(seed, 'resampling'));
  const { sentences: originals } = at(annotators, 0);
  const disputes = sentences.flatMap((each) => disputesOf(each, at(originals, each.index), at(places, each.index)));
  return {
    annotators: annotators.map(({ name }) => name),
    scheme: at(annotators, 0).scheme,
    sentences: sentences.length,
    tokens: countTokens(sentences.map(({ sentence }) => sentence)),
    agreement,
    disputes: [...disputes].sort((a, b) => b.doubt - a.doubt),
  };
}

/**
 * Finds the disputes about a sentence. They count the tokens of the first annotator, unless a span ends inside one of these.
 *
 * @param original the sentence as the first annotator has it
 */
function disputesOf(
  { sentence, tokenOf, spans, uncompared }: AnnotatedSentence,
  original: Sentence,
  place: SentencePlace,
): DisputeFinding[] {
  const { disputes, followed } = findDisputes(spans);
  const given = inOrder([...at(spans, 0), ...uncompared]);
  const suggested = inOrder([...followed, ...uncompared.filter((span) => !followed.some(overlaps(span)))]);
  const isWhole = ({ start, end }: Span): boolean =>
    tokenOf[start - 1] !== tokenOf[start] && tokenOf[end] !== tokenOf[end - 1];
  const isReviewable = [...spans.flat(), ...given, ...suggested].every(isWhole);
  const recount = (span: Span): Span =>
    isReviewable ? { ...span, start: at(tokenOf, span.start), end: at(tokenOf, span.end - 1) + 1 } : span;
  const lines = isReviewable ? place.lines : tokenOf.map((token) => at(place.lines, token));
  return disputes.map((each) => {
    const doubt = {
      given: each.given && recount(each.given),
      suggested: each.suggested && recount(each.suggested),
      doubt: each.doubt,
    };
    const shown = isReviewable ? original : sentence;
    return {
      ...findingOf(shown, { ...place, lines }, doubt, given.map(recount), suggested.map(recount)),
      readings: each.readings.map((reading) => reading.map(recount)),
      isReviewable,
    };
  });
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start);
}

function overlaps(span: Span): (other: Span) => boolean {
  return (other) => span.start < other.end && other.start < span.end;
}

/** @throws UserError if one annotator labelled names, and the other each token */
function checkKind(name: string, scheme: Scheme, first: Annotator): void {
  if (hasSpans(scheme) === hasSpans(first.scheme)) return;
  throw badInput(
    `${name}: expected ${kindOf(first.scheme)}, as ${first.name} has, found ${kindOf(scheme)}`,
    'see --tag-column and --outside',
  );
}
