import { type ParameterLayout, type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import type { NetworkPlan } from './plan.js';

/**
 * Draws weights that a training begins with; biases and wide rows start at 0, but the forget gate's at 1 (Jozefowicz et
 * al., 2015). Those of vectors and of letters come last, so that all others are the same with and without them.
 *
 * @returns each parameter with its weights, without padding in the order of its shape
 */
export function* drawWeights(
  { dense, tables }: ParameterLayout,
  plan: NetworkPlan,
  random: Random,
): Generator<[PlacedParameter, Float32Array]> {
  const isOf = (kind: string, { name }: PlacedParameter): boolean => name.split('.').includes(kind);
  const places = [...dense, ...tables];
  const ofLetters = places.filter((place) => isOf('letters', place));
  const ofVectors = places.filter((place) => isOf('vectors', place));
  const others = places.filter((place) => !ofLetters.includes(place) && !ofVectors.includes(place));
  for (const place of [...others, ...ofVectors, ...ofLetters]) {
    const weights = new Float32Array(sizeOf(place.shape));
    if (place.kind !== 'bias' && !place.name.startsWith('wide')) {
      const bound = boundOf(place, plan);
      for (let index = 0; index < weights.length; index++) weights[index] = (2 * random.uniform() - 1) * bound;
    } else if (place.name.endsWith('input.bias') && plan.cell === 'lstm') {
      const { hidden: H } = plan;
      for (let start = H; start < weights.length; start += 4 * H) weights.fill(1, start, start + H);
    }
    yield [place, weights];
  }
}

/** Weights start evenly from -bound to bound. */
function boundOf({ kind, name, columns }: PlacedParameter, plan: NetworkPlan): number {
  if (kind === 'table' && plan.input === 'concatenate') return Math.sqrt(3 / columns.size);
  if (name.startsWith('crf.')) return 0.01;
  return 1 / Math.sqrt(name.startsWith('letters.') ? columns.size : plan.hidden);
}
