/** What the page of `rnn annotate` and its server say to each other, as JSON. */

/** An entity as a range of token numbers, `end` exclusive. */
export interface ShownSpan {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  /** Set if a model found it, and nobody has decided about it yet. */
  readonly isSuggestion?: boolean;
  /** How probable the model finds it, from 0 to 1. */
  readonly confidence?: number;
}

export interface ShownSentence {
  readonly id: string | number;
  readonly text: string;
  /** The offsets of each token in the text, in UTF-16 units. */
  readonly tokens: readonly (readonly [start: number, end: number])[];
  readonly spans: readonly ShownSpan[];
  /** The sentences around it in the texts. */
  readonly before?: string;
  readonly after?: string;
  /** The decision, if there is one already. */
  readonly answer?: 'accept' | 'skip';
  readonly note?: string;
  /** In a review, the readings to choose from, and how doubtful the given one is, from 0 to 1. */
  readonly review?: {
    readonly given: readonly ShownSpan[];
    readonly suggested: readonly ShownSpan[];
    readonly doubt: number;
  };
}

/** The state of the model that learns from decisions. */
export interface ModelState {
  /** Whether one learns now. */
  readonly isLearning: boolean;
  /** The number of models that have learnt so far. */
  readonly round: number;
  /** The number of sentences that the newest one learnt from. */
  readonly sentences: number;
  /** How many more accepted sentences there must be until the first one learns. */
  readonly untilFirst: number;
  /** Why the last one could not learn. */
  readonly failure?: string;
  /** The file to which the newest one can be saved. */
  readonly path: string;
}

/** The score of the newest model on the sentences that were drawn at random and that it has not learnt from. */
export interface Score {
  readonly f1: number;
  readonly low: number;
  readonly high: number;
  readonly sentences: number;
}

/** A label to choose. */
export interface OfferedLabel {
  readonly name: string;
  /** The number of entities that have it in accepted sentences. */
  readonly count: number;
  /** Set if it was added on the page and no decision uses it, so that it can be removed. */
  readonly isRemovable?: true;
}

export interface Overview {
  readonly isReview: boolean;
  readonly output: string;
  readonly labels: readonly OfferedLabel[];
  readonly total: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly left: number;
  /** Undefined where no model learns. */
  readonly model?: ModelState;
  /** Undefined while too few of the sentences that were drawn at random have been accepted. */
  readonly score?: Score;
  /** The sentences that were drawn at random: how many are accepted and still to be decided, and the fewest for a score. */
  readonly sampled: { readonly accepted: number; readonly left: number; readonly fewest: number };
  /** The scores so far by the number of sentences that were learnt from. */
  readonly curve: readonly { readonly sentences: number; readonly f1: number }[];
  /** By how much 100 more sentences would raise F1, in fractions of 1, if that can be told. */
  readonly gain?: number;
}

/** The answer to most requests: the state of the work, and the sentence to show; none if all is done. */
export interface Step {
  readonly overview: Overview;
  readonly sentence?: ShownSentence;
}

/** The answer to a request to take the last decision back. */
export interface UndoStep extends Step {
  /** Whether there was a decision to take back. */
  readonly isTakenBack: boolean;
}

/** What a person decides. */
export interface DecisionRequest {
  readonly id: string | number;
  readonly answer: 'accept' | 'skip';
  readonly spans: readonly Pick<ShownSpan, 'label' | 'start' | 'end'>[];
  readonly note?: string | undefined;
}

/** A decided sentence in the list of those. */
export interface DoneSentence {
  readonly id: string | number;
  /** The beginning of its text. */
  readonly text: string;
  readonly answer: 'accept' | 'skip';
  readonly labels: readonly string[];
  readonly note?: string;
}

/** A part of the list of decided sentences, the one that was decided last first. */
export interface DoneList {
  readonly sentences: readonly DoneSentence[];
  /** The number of all that match. */
  readonly count: number;
}
