import { createScoredReader, type LabelledSentences } from '../text/scheme.js';

/** The surfaces of one label's spans (tokens joined by single spaces) in code-unit order. */
export interface LabelSurfaces {
  readonly label: string;
  readonly surfaces: readonly string[];
}

/** The entities of a training corpus, which tell whether an entity of another corpus was seen in training. */
export class KnownEntities {
  /** The surfaces by label, in code-unit order of the labels. */
  readonly byLabel: readonly LabelSurfaces[];
  readonly #labels = new Map<string, string[]>();

  constructor(byLabel: readonly LabelSurfaces[]) {
    this.byLabel = byLabel;
    for (const { label, surfaces } of byLabel) {
      for (const surface of surfaces) {
        const labels = this.#labels.get(surface);
        if (labels) labels.push(label);
        else this.#labels.set(surface, [label]);
      }
    }
  }

  /** Returns the labels that a sequence of tokens had in the training corpus. */
  labelsOf(tokens: readonly string[]): readonly string[] {
    return this.#labels.get(tokens.join(' ')) ?? [];
  }
}

/** Collects the entities of a corpus, or its words with their labels if the scheme has no spans. */
export function collectEntities({ sentences, scheme }: LabelledSentences): KnownEntities {
  const read = createScoredReader(scheme);
  const found = new Map<string, Set<string>>();
  for (const { tokens, tags } of sentences) {
    for (const { label, start, end } of read(tags)) {
      let surfaces = found.get(label);
      if (!surfaces) {
        surfaces = new Set();
        found.set(label, surfaces);
      }
      surfaces.add(tokens.slice(start, end).join(' '));
    }
  }
  return new KnownEntities(
    [...found.keys()].sort().map((label) => ({ label, surfaces: [...(found.get(label) ?? [])].sort() })),
  );
}
