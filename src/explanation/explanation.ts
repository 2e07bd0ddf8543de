/** A block of hidden states: those of one direction of one layer of one network. Layers and networks are numbered from 1. */
export interface StateBlock {
  readonly network: number;
  readonly layer: number;
  readonly direction: 'forward' | 'backward';
}

/** A place of a table that a word names: row 0 stands for all values without a row of their own. */
export interface NamedRow {
  readonly row: number;
  /** The value that the row stands for; undefined for row 0. */
  readonly value?: string;
}

/** The rows of one table that a word names. */
export interface NamedRows {
  readonly table: string;
  /** The label of the names in a dictionary, whose row 0 stands for words in no name; undefined if the table is none of a dictionary. */
  readonly label?: string;
  /** V, the number of rows of the table, row 0 included. */
  readonly size: number;
  /** One row, or as many as the letters of a word that are read, padding included. */
  readonly rows: readonly NamedRow[];
}

/** The probability of each tag, from 0 to 1, by the tag's name in the corpus's scheme. */
export type TagProbabilities = Readonly<Record<string, number>>;

/** The score that a conditional random field adds for going to a word's tag on the best path. */
export interface TransitionScore {
  /** The network's own tag of the word, which may be of another scheme than the corpus's. */
  readonly tag: string;
  /** The logit of the tag. */
  readonly emission: number;
  /** The probability of the tag by the softmax of the word's logits alone, without transitions, from 0 to 1. */
  readonly softmax: number;
  /** The score of the transition from the tag before, or of beginning with the tag. */
  readonly transition: number;
}

/** The mean openness of each gate, from 0 (closed) to 1 (open), by the gate's name. */
export type GateOpenness = Readonly<Record<string, number>>;

/** What one word's feature adds to the score of a tag. */
export interface Contribution {
  /** The number of the word that has the feature, from 0. */
  readonly token: number;
  readonly table: string;
  /** The score with the feature minus the score without it. */
  readonly adds: number;
  /**
   * The gradient of the score by the feature's one-hot vectors, times what these have beyond those of unknown values: what
   * the feature would add if the network were linear. Undefined if it is not asked for.
   */
  readonly gradientTimesInput?: number;
}

/** The reasons for the tag of one word. */
export interface TagReasons {
  /** The number of the word from 0. */
  readonly token: number;
  readonly tag: string;
  /** The most probable other tag. */
  readonly against: string;
  /** The logarithm of how many times as probable `tag` is as `against`. */
  readonly score: number;
  /** The contributions of all words' features to the score, the largest first, whatever their sign. */
  readonly contributions: readonly Contribution[];
}

export interface ExplainedToken {
  readonly text: string;
  /** The tag that the model gives the word, as `rnn tag` does. */
  readonly tag: string;
  readonly gold?: string;
  /** The word's position in the one-hot vector, of which 0 is the unknown word, and the length of the vector. */
  readonly vocabulary: { readonly index: number; readonly size: number };
  readonly features: readonly NamedRows[];
  /** (blocks, H): the hidden state, in the order of `states` */
  readonly hidden: readonly (readonly number[])[];
  /** (blocks): undefined if the cell has no gates */
  readonly gates?: readonly GateOpenness[];
  readonly probabilities: TagProbabilities;
  /** Undefined if the decoder is no conditional random field. */
  readonly path?: TransitionScore;
  readonly loss?: number;
}

/** What one network of several says on its own, with its own decoder. */
export interface NetworkOpinion {
  /** (T), in the corpus's scheme */
  readonly tags: readonly string[];
  /** (T) */
  readonly probabilities: readonly TagProbabilities[];
  readonly losses?: readonly number[];
  /** (T, T), as `reach` of all networks together */
  readonly reach?: readonly (readonly number[])[];
}

/**
 * A word whose tag, or whose probability rounded to the digits that are shown, tagging has otherwise: it computes with rounded
 * weights, and an explanation with those of training.
 */
export interface TaggingDifference {
  /** The number of the word from 0. */
  readonly token: number;
  /** The tag by the weights of training; that by tagging is the token's. */
  readonly tag: string;
  /** The probability of the token's tag by the softmax of the word's logits alone: by tagging, and by the weights of training. */
  readonly probability: { readonly tagging: number; readonly training: number };
}

/** One way to tag the sentence. */
export interface Reading {
  readonly tags: readonly string[];
  /** The probability among all ways that decoding allows, from 0 to 1. */
  readonly probability: number;
}

export interface ExplainedSpan {
  readonly label: string;
  /** The first token and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** The probability that exactly this span stands here, from 0 to 1, as `rnn tag` gives it. */
  readonly confidence: number;
}

/** A sentence of a corpus whose hidden state is near. */
export interface NearSentence {
  readonly file: string;
  /** The line of the sentence's first token, from 1. */
  readonly line: number;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /** The number of the nearest word from 0; undefined if whole sentences are compared. */
  readonly token?: number;
  /** The cosine of the angle between the states, from -1 to 1. */
  readonly similarity: number;
}

export interface NearSentences {
  /** The number of the word whose state was compared, from 0; undefined if whole sentences are compared. */
  readonly token?: number;
  /** The sentences, the nearest first. */
  readonly sentences: readonly NearSentence[];
}

export interface Explanation {
  readonly network: {
    readonly cell: string;
    readonly hidden: number;
    readonly decoder: 'softmax' | 'crf';
    readonly networks: number;
    /** The divisor of scores before `rnn tag` makes confidences of them. */
    readonly temperature: number;
  };
  /** The blocks of `hidden` and `gates` of every token. */
  readonly states: readonly StateBlock[];
  readonly tokens: readonly ExplainedToken[];
  readonly spans: readonly ExplainedSpan[];
  /** The best way to tag the sentence and the next two, with the probabilities of `rnn tag --top 3`. */
  readonly readings: readonly Reading[];
  /** The score of ending with the last tag; undefined if the decoder is no conditional random field. */
  readonly end?: number;
  /** The opinions of the networks whose scores are averaged; undefined if there is one network. */
  readonly opinions?: readonly NetworkOpinion[];
  /** The sum of the tokens' losses; undefined without gold tags. */
  readonly loss?: number;
  /** (T, T): `reach[t][s]` is the norm of the gradient of token t's loss by the top layer's state at step s */
  readonly reach?: readonly (readonly number[])[];
  /** The words that tagging has otherwise; undefined if there are none. */
  readonly differences?: readonly TaggingDifference[];
  /** The reasons for the tags of the words that are asked about. */
  readonly reasons?: readonly TagReasons[];
  /** The nearest sentences of a corpus, for each word that is asked about, or for the sentence as a whole. */
  readonly nearest?: readonly NearSentences[];
}
