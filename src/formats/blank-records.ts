import type { AnnotatedText } from '../text/sentence.js';

/** Takes the records of a file, and gives them back in their order. */
export interface BlankRecords {
  take(records: readonly AnnotatedText[]): AnnotatedText[];
  /** Gives the records that are still held back. */
  end(): AnnotatedText[];
}

/**
 * Creates what marks blank records, which do not show who labelled them, as guesses of a model where the other records of the file
 * are: where the one before is, or, at the beginning of the file, the first one that is not blank.
 */
export function createBlankRecords(): BlankRecords {
  let areGuesses: boolean | undefined;
  let held: AnnotatedText[] = [];
  const marked = (record: AnnotatedText): AnnotatedText => (areGuesses ? { ...record, isGuess: true } : record);
  const end = (): AnnotatedText[] => {
    const blanks = held.map(marked);
    held = [];
    return blanks;
  };
  return {
    take: (records) =>
      records.flatMap((record) => {
        if (record.text.trim() !== '' || record.spans.length > 0) {
          areGuesses = record.isGuess === true;
          return held.length > 0 ? [...end(), record] : record;
        }
        if (areGuesses !== undefined) return marked(record);
        held.push(record);
        return [];
      }),
    end,
  };
}
