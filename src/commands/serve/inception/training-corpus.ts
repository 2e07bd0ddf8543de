import { badInput, UserError } from '../../../errors.js';
import { asList, field } from '../../../formats/json-fields.js';
import { isTooLong } from '../../../formats/lines.js';
import { type Cas, type CasAnnotation, type CasSentence, readCas } from '../../../formats/uima-cas.js';
import type { Language } from '../../../model/language.js';
import type { RequestBody } from '../../../server/answering-queue.js';
import { at } from '../../../text/at.js';
import { counted } from '../../../text/counts.js';
import { hasSpans } from '../../../text/scheme.js';
import type { TextRange, TextSpan } from '../../../text/sentence.js';
import { PLACE, textOf } from '../request-text.js';
import { nameLines } from '../training/line-names.js';
import type { TrainingCorpus, TrainingSource } from '../training/training-corpus.js';
import { readInceptionDocument, readInceptionRequest } from './request.js';

/** A sentence as a line of a corpus. */
interface Line {
  readonly document: number;
  readonly json: string;
}

/** What of documents is left out: what is counted, and what else a person should know. */
const LEFT_OUT = {
  bare: ['sentence', ' without a labelled annotation', ': such sentences may be unread'],
  unlabelled: ['annotation', ' without a label', ': nothing is learnt of the words'],
  crossing: ['annotation', ' over the end of a sentence', ': nothing is learnt of the words'],
  elsewhere: ['annotation', ' outside of all tokens', ''],
  suggestion: ['annotation', ' that nobody has accepted', ''],
  long: ['sentence', ' over 1 MB', ''],
} as const;

type Tell = (what: keyof typeof LEFT_OUT) => void;

/** The number of documents of which it is told why they are left out. */
const FEW = 3;

/**
 * Reads a request to train, which brings all documents of a person. A sentence counts if it has an annotation, as it does for the
 * recommenders of INCEpTION itself.
 *
 * @throws {UserError} if it is not as INCEpTION sends it, or no document can be read
 */
export function readInceptionTraining(body: RequestBody): TrainingSource {
  const { layer, body: request } = readInceptionRequest(textOf(body));
  const documents = asList(field(request, 'documents'), '"documents"', PLACE).map(readInceptionDocument);
  const counts = new Map<keyof typeof LEFT_OUT, number>();
  const tell: Tell = (what) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const refused: UserError[] = [];
  const lines = documents.flatMap(({ id, xmi }): Line[] => {
    try {
      return linesOf(readCas(xmi, layer, `document ${id}`), tell).map((json) => ({ document: id, json }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push(error);
      return [];
    }
  });
  if (documents.length === 0) throw badInput(`${PLACE}: no document has been annotated`, 'annotate some first');
  if (refused.length === documents.length && refused[0]) throw refused[0];
  const notices = [
    ...refused.slice(0, FEW).map(({ message }) => `warning: left out: ${message}`),
    ...(refused.length > FEW ? [`warning: ${counted(refused.length, 'document')} left out in all`] : []),
    ...[...counts].map(([what, count]) => {
      const [noun, which, why] = LEFT_OUT[what];
      return `${counted(count, noun)}${which} left out${why}`;
    }),
  ];
  return { collect: async ({ language }) => corpusOf(lines, language, notices) };
}

function corpusOf(lines: readonly Line[], { scheme }: Language, notices: readonly string[]): TrainingCorpus {
  if (!hasSpans(scheme))
    throw badInput(
      'the tags of this model mark no names, which it could learn',
      'serve a model of named entities first',
    );
  return {
    format: 'jsonl',
    bytes: new TextEncoder().encode(lines.map(({ json }) => `${json}\n`).join('')),
    count: lines.length,
    unit: { noun: 'sentence', of: 'INCEpTION' },
    notices,
    nameLines: (message, path) =>
      nameLines(message, path, 'documents', (line) => {
        const document = lines[line - 1]?.document;
        return document === undefined ? undefined : `document ${document}`;
      }),
  };
}

/** Returns the sentences of a document that are learnt from, as `rnn train --from jsonl` reads them. */
function linesOf(cas: Cas, tell: Tell): string[] {
  const { text, sentences } = cas;
  const places = sentences.map(rangeOf);
  const { spans, unknown } = divide(cas.annotations, places, tell);
  let next = 0;
  return sentences.flatMap((tokens, index) => {
    const { start, end } = at(places, index);
    const own = spans.get(index);
    if (!own) {
      tell('bare');
      return [];
    }
    const move = <Range extends TextRange>(range: Range): Range => ({
      ...range,
      start: Math.max(range.start, start) - start,
      end: Math.min(range.end, end) - start,
    });
    while ((unknown[next]?.end ?? end) <= start) next++;
    const unlabelled: TextRange[] = [];
    for (let each = next; (unknown[each]?.start ?? end) < end; each++) unlabelled.push(move(at(unknown, each)));
    // A line break would end the sentence.
    const line = text.slice(start, end).replaceAll('\n', ' ');
    const json = JSON.stringify({ text: line, tokens: tokens.map(move), spans: own.map(move), unlabelled });
    if (!isTooLong(json)) return [json];
    tell('long');
    return [];
  });
}

function rangeOf(tokens: CasSentence): TextRange {
  return { start: at(tokens, 0).start, end: at(tokens, tokens.length - 1).end };
}

/** Annotations that can be learnt, by the index of their sentence, and ranges in order of which nothing is. */
interface Divided {
  readonly spans: ReadonlyMap<number, readonly TextSpan[]>;
  readonly unknown: readonly TextRange[];
}

/**
 * Divides annotations into those that can be learnt and others.
 *
 * @param annotations in order
 * @param sentences in order; none reaches into the next
 */
function divide(annotations: readonly CasAnnotation[], sentences: readonly TextRange[], tell: Tell): Divided {
  const spans = new Map<number, TextSpan[]>();
  const unknown: { start: number; end: number }[] = [];
  const leaveUnknown = ({ start, end }: TextRange): void => {
    const last = unknown.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else unknown.push({ start, end });
  };
  let next = 0;
  for (const { start, end, label, isSuggestion } of annotations) {
    while ((sentences[next]?.end ?? start + 1) <= start) next++;
    const isInSentence = start < end && (sentences[next]?.start ?? end) < end;
    if (isSuggestion) tell('suggestion');
    else if (!isInSentence) tell('elsewhere');
    else if ((sentences[next + 1]?.start ?? end) < end) {
      tell('crossing');
      leaveUnknown({ start, end });
    } else if (label === undefined) {
      tell('unlabelled');
      leaveUnknown({ start, end });
    } else {
      const own = spans.get(next) ?? [];
      spans.set(next, own);
      own.push({ label, start, end });
    }
  }
  return { spans, unknown };
}
