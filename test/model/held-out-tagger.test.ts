import { expect, test } from 'vitest';
import { HeldOutTagger } from '../../src/model/held-out-tagger.js';
import type { Model } from '../../src/model/model.js';
import { createTagger } from '../../src/model/tagger.js';
import { drawModel } from '../helpers/small-model.js';

const SENTENCES = [['Ada', 'lives', 'in', 'London', '.'], ['London', '.'], ['Ada'], [], ['in', 'London', 'in', 'Ada']];
const FOLDS = [1, 0, 2, 0, 1];
const DOCUMENTS = [1, 1, 1, 2, 2];

/** A model of networks that nobody trained, and each of them as a model of its own. */
function drawNetworks(): { whole: Model; parts: Model[] } {
  const settings = { decoder: 'crf', documentShare: 0.5, input: 'concatenate' } as const;
  const draw = (seed: number, kernels?: Model['network']['kernels']) =>
    drawModel({ settings, seed, vectorWords: ['London', 'Ada'], ...(kernels && { kernels }) });
  const first = draw(1);
  const { kernels } = first.network;
  const others = [2, 3].map((seed) => draw(seed, kernels));
  const parts = [1, 2, 3].map((seed) => draw(seed));
  for (const { network } of [...others, ...parts]) network.setVectors(first.network.copyVectors());
  return { whole: { ...first, others }, parts };
}

test('every sentence is tagged as the network of its fold does alone, with its documents', () => {
  const { whole, parts } = drawNetworks();
  const tagger = new HeldOutTagger(whole, FOLDS);
  const wishes = { confidence: true, top: 2 };
  const found = tagger.predict(SENTENCES, wishes, DOCUMENTS);
  for (const [fold, part] of parts.entries()) {
    const places = [...SENTENCES.keys()].filter((place) => FOLDS[place] === fold);
    const alone = createTagger(part).predict(
      places.map((place) => SENTENCES[place] as string[]),
      wishes,
      places.map((place) => DOCUMENTS[place] as number),
    );
    expect(places.map((place) => found[place])).toEqual(alone);
  }
  expect(tagger.predict(SENTENCES, wishes, DOCUMENTS)).toEqual(found);
  expect(tagger.predictAt(SENTENCES, [1], DOCUMENTS).map(({ tags }) => tags)).toEqual(found.map(({ tags }) => tags));
});

test('the tagger of the whole model can be used beside it', () => {
  const { whole } = drawNetworks();
  const before = createTagger(whole).predict(SENTENCES);
  const [heldOut, together] = [new HeldOutTagger(whole, FOLDS), createTagger(whole)];
  const first = heldOut.predict(SENTENCES);
  expect(together.predict(SENTENCES)).toEqual(before);
  expect(heldOut.predict(SENTENCES)).toEqual(first);
});

test('a list of other sentences is refused', () => {
  const { whole } = drawNetworks();
  expect(() => new HeldOutTagger(whole, FOLDS).predict([['Ada']])).toThrow('expected the 5 sentences');
});
