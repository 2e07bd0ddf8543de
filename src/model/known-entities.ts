import { createScoredReader, type LabelledSentences } from '../text/scheme.js';

/** The surfaces of one label's spans (tokens joined by single spaces) in code-unit order. */
interface LabelSurfaces {
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
    for (const { label, surfaces } of byLabel)
      for (const surface of surfaces) this.#labels.set(surface, [...(this.#labels.get(surface) ?? []), label]);
  }

  /** Returns the labels that a sequence of tokens had in the training corpus. */
  labelsOf(tokens: readonly string[]): readonly string[] {
    return this.#labels.get(tokens.join(' ')) ?? [];
  }
}

/** Collects the entities of a corpus, or its words with their labels if the scheme has no spans. */
export function collectEntities({ sentences, scheme }: LabelledSentences): KnownEntities {
  const read = createScoredReader(scheme);
  return gatherEntities(
    sentences.flatMap(({ tokens, tags }) =>
      read(tags).map(({ label, start, end }) => ({ label, surfaces: [tokens.slice(start, end).join(' ')] })),
    ),
  );
}

/** Returns the entities of two corpora together. */
export function joinEntities(first: KnownEntities | undefined, second: KnownEntities): KnownEntities {
  return gatherEntities([...(first?.byLabel ?? []), ...second.byLabel]);
}

function gatherEntities(found: readonly LabelSurfaces[]): KnownEntities {
  const byLabel = new Map<string, Set<string>>();
  for (const { label, surfaces } of found) {
    const all = byLabel.get(label) ?? new Set();
    byLabel.set(label, all);
    for (const surface of surfaces) all.add(surface);
  }
  const labels = [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1));
  return new KnownEntities(labels.map(([label, surfaces]) => ({ label, surfaces: [...surfaces].sort() })));
}
