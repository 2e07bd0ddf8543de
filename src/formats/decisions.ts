import type { AnnotatedText } from '../text/sentence.js';
import type { Report } from './format.js';
import { asName, field, isObject } from './json-fields.js';

/** What a record of `rnn annotate` says of its text. */
interface RecordAnswer {
  readonly id: string | number;
  /** Whether the text is no part of the corpus. */
  readonly isSkipped: boolean;
}

/** Returns what a record of `rnn annotate` says; undefined for all other values, records of Prodigy with other answers included. */
export function answerOf(value: unknown): RecordAnswer | undefined {
  if (!isObject(value)) return undefined;
  const [id, answer] = [asName(field(value, 'id')), field(value, 'answer')];
  if (id === undefined || typeof field(value, 'order') !== 'string') return undefined;
  return answer === 'accept' || answer === 'skip' ? { id, isSkipped: answer === 'skip' } : undefined;
}

/** Takes the records of decisions in a file, of which the last one of each id counts. */
export interface LatestDecisions {
  take(answer: RecordAnswer, records: readonly AnnotatedText[], place: string): void;
  /** Gives the records that count, in the order of the file, and reports the others. */
  end(report: Report): AnnotatedText[];
}

/** Creates what holds records of decisions back until the end of their file. */
export function createLatestDecisions(): LatestDecisions {
  const latest = new Map<string | number, { answer: RecordAnswer; records: readonly AnnotatedText[]; place: string }>();
  const superseded: string[] = [];
  return {
    take(answer, records, place) {
      const before = latest.get(answer.id);
      if (before) superseded.push(before.place);
      latest.delete(answer.id); // so that it moves to the end
      latest.set(answer.id, { answer, records, place });
    },
    end(report) {
      for (const place of superseded)
        report({ kind: 'superseded record', place, what: 'a later record of the same id counts; left out' });
      return [...latest.values()].flatMap(({ answer, records, place }) => {
        if (!answer.isSkipped) return records;
        report({ kind: 'skipped record', place, what: 'the answer is "skip"; left out' });
        return [];
      });
    },
  };
}
