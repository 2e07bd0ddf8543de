import { at } from '../numerics/at.js';
import { type ParameterLayout, type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';
import { cellOf, type NetworkPlan } from './plan.js';

/**
 * Draws weights that a training begins with; biases and wide rows start at 0, but those of gates where the cell
 * says. Those of vectors and of letters come last, so that all others are the same with and without them.
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
    } else if (place.name.endsWith('input.bias')) {
      const { hidden: H } = plan;
      const { gates } = cellOf(plan);
      for (let block = 0; block < weights.length / H; block++)
        weights.fill(at(gates, block % gates.length).initialBias, block * H, (block + 1) * H);
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
