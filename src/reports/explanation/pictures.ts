import type { ExplainedToken, Explanation, NetworkOpinion, StateBlock } from '../../explanation/explanation.js';

/** A word of a picture. */
export interface PictureToken
  extends Pick<ExplainedToken, 'text' | 'tag' | 'gold' | 'vocabulary' | 'hidden' | 'probabilities'> {
  readonly gates?: ExplainedToken['gates'] | undefined;
  readonly loss?: number | undefined;
}

/** What one picture shows: a sentence in one network, or the answers of several networks and their mean. */
export interface Picture {
  readonly name: string;
  readonly network: Explanation['network'];
  /** True if the networks read the sentence in both directions. */
  readonly isBoth: boolean;
  /** The blocks of states of the one network; none if there are several. */
  readonly states: readonly StateBlock[];
  /** What each of several networks says; none if there is one. */
  readonly opinions: readonly NetworkOpinion[];
  /** (T) */
  readonly tokens: readonly PictureToken[];
  readonly reach?: Explanation['reach'] | undefined;
}

/**
 * Returns the pictures of an explanation: that of all networks together, then, if there are several, that of each.
 *
 * @param name the name of the model
 */
export function picturesOf(explanation: Explanation, name: string): [Picture, ...Picture[]] {
  const { network, states, opinions = [], tokens, reach } = explanation;
  const isBoth = states.some(({ direction }) => direction === 'backward');
  if (opinions.length === 0) return [{ name, network, isBoth, states, opinions, tokens, reach }];
  const mean: Picture = {
    ...{ name: `${name}: mean of ${opinions.length}`, network, isBoth, states: [], opinions, tokens, reach },
  };
  const own = opinions.map((opinion, index) =>
    pictureOfNetwork(explanation, `${name}: network ${index + 1}`, opinion, index + 1),
  );
  return [mean, ...own];
}

function pictureOfNetwork(
  { network, states, tokens }: Explanation,
  name: string,
  { tags, probabilities, losses, reach }: NetworkOpinion,
  number: number,
): Picture {
  const isOwn = states.map((block) => block.network === number);
  const ownOf = <Value>(values: readonly Value[]): Value[] => values.filter((_, block) => isOwn[block]);
  return {
    name,
    network: { ...network, networks: 1 },
    isBoth: states.some(({ direction }) => direction === 'backward'),
    states: ownOf(states),
    opinions: [],
    tokens: tokens.map((token, t) => ({
      ...token,
      tag: tags[t] ?? '',
      hidden: ownOf(token.hidden),
      gates: token.gates && ownOf(token.gates),
      probabilities: probabilities[t] ?? {},
      loss: losses?.[t],
    })),
    reach,
  };
}
