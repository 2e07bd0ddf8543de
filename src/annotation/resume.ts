import { mixBits } from '../numerics/random.js';
import type { Decisions } from './decisions.js';
import type { AnnotationRecord } from './record.js';
import type { AnnotationSentence, SentenceId } from './sentence.js';

/**
 * Finds the decisions of sentences again: by identifier where the text is the same, else by text, so that lines may have moved.
 * A sentence whose identifier belongs to another text gets one of its own, so that it replaces no decision about that text.
 */
export function matchDecisions(sentences: readonly AnnotationSentence[], decisions: Decisions): AnnotationSentence[] {
  const isSame = (sentence: AnnotationSentence, record: AnnotationRecord | undefined): boolean =>
    record?.text === sentence.text;
  const claimed = new Set<SentenceId>();
  for (const sentence of sentences) if (isSame(sentence, decisions.latest(sentence.id))) claimed.add(sentence.id);
  const byText = new Map<string, AnnotationRecord[]>();
  for (const record of decisions.all()) {
    if (claimed.has(record.id)) continue;
    const own = byText.get(record.text) ?? [];
    byText.set(record.text, own);
    own.push(record);
  }
  return sentences.map((sentence) => {
    const own = decisions.latest(sentence.id);
    if (isSame(sentence, own)) return withTokens(sentence, own);
    const moved = byText.get(sentence.text)?.shift();
    if (moved) return withTokens({ ...sentence, id: moved.id }, moved);
    return own ? { ...sentence, id: `${sentence.id}@${hashOf(sentence.text)}` } : sentence;
  });
}

/**
 * Returns the records that count in a review, where decisions are found again by identifier alone: all but those whose identifier
 * belongs to other tokens now.
 */
export function recordsOfReview(
  findings: readonly AnnotationSentence[],
  records: readonly AnnotationRecord[],
): AnnotationRecord[] {
  const tokens = new Map(findings.map((finding) => [finding.id, textsOf(finding)]));
  return records.filter((record) => (tokens.get(record.id) ?? textsOf(record)) === textsOf(record));
}

function textsOf({ tokens }: Pick<AnnotationSentence, 'tokens'>): string {
  return JSON.stringify(tokens.map(({ text }) => text));
}

/** Gives a sentence the tokens of its decision, whose entities count those. */
function withTokens(sentence: AnnotationSentence, record: AnnotationRecord | undefined): AnnotationSentence {
  return record ? { ...sentence, tokens: record.tokens } : sentence;
}

function hashOf(text: string): string {
  let hash = 0;
  for (const character of text) hash = mixBits(hash ^ (character.codePointAt(0) ?? 0));
  return hash.toString(16);
}
