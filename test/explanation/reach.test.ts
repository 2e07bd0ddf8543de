import { expect, test } from 'vitest';
import { readGold } from '../../src/explanation/gold-tags.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import type { Address, Kernels } from '../../src/numerics/kernels.js';

import { GOLD, SENTENCE, VARIED_SETTINGS } from '../helpers/explained.js';
import { drawModel } from '../helpers/small-model.js';
import { createSpreadKernels } from '../helpers/spread-doubles.js';

const STEP = 1e-4;

/** Kernels in double precision that add `by` to number `i` of the state of one call of a cell's forward kernel. */
class DisturbedKernels {
  readonly kernels: Kernels = Object.create(createSpreadKernels());
  disturbance = { call: -1, row: 0, i: 0, by: 0 };
  #call = 0;

  constructor() {
    const plain: Kernels = Object.getPrototypeOf(this.kernels);
    const disturb = (h: Address, ld: number): void => {
      const { call, row, i, by } = this.disturbance;
      if (this.#call++ === call) plain.memory[h + row * ld + i] += by;
    };
    Object.assign(this.kernels, {
      elmanForward: (...all: Parameters<Kernels['elmanForward']>) => {
        plain.elmanForward(...all);
        disturb(all[3], all[5]);
      },
      gruForward: (...all: Parameters<Kernels['gruForward']>) => {
        plain.gruForward(...all);
        disturb(all[7], all[8]);
      },
      lstmForward: (...all: Parameters<Kernels['lstmForward']>) => {
        plain.lstmForward(...all);
        disturb(all[8], all[9]);
      },
    });
  }

  restart(): void {
    this.#call = 0;
  }
}

test.each(VARIED_SETTINGS)(
  'each norm of the triangle is that of central differences by the top state: %o',
  (settings) => {
    const model = drawModel({ settings });
    const disturbed = new DisturbedKernels();
    const { language } = model;
    const { plan, widths } = model.network;
    const { numbers } = readGold(GOLD, SENTENCE, language.scheme, language);
    const sentence = new UnrolledModel(model, disturbed.kernels).read(SENTENCE);
    const T = SENTENCE.length;
    const reach = sentence.reach(sentence.losses(numbers));
    const lossesAt = (call: number, row: number, i: number, by: number): number[] => {
      disturbed.disturbance = { call, row, i, by };
      disturbed.restart();
      return sentence.losses(numbers).map(({ loss }) => loss);
    };
    for (let s = 0; s < T; s++) {
      const squares = new Array<number>(T).fill(0);
      for (let direction = 0; direction < widths.directions; direction++) {
        const isWhole = plan.cell === 'feedforward'; // one call for all steps
        const callsOfLayer = isWhole ? 1 : T;
        const inLayer = isWhole ? 0 : direction === 0 ? s : T - 1 - s;
        const call = ((plan.layers - 1) * widths.directions + direction) * callsOfLayer + inLayer;
        for (let i = 0; i < plan.hidden; i++) {
          const above = lossesAt(call, isWhole ? s : 0, i, STEP);
          const below = lossesAt(call, isWhole ? s : 0, i, -STEP);
          for (let t = 0; t < T; t++) squares[t] += ((above[t] - below[t]) / (2 * STEP)) ** 2;
        }
      }
      for (let t = 0; t < T; t++) expect(reach[t][s]).toBeCloseTo(Math.sqrt(squares[t]), 6);
    }
  },
);

test('without memory no error reaches another step, and with Elman none reaches a later one', () => {
  for (const cell of ['feedforward', 'elman'] as const) {
    const model = drawModel({ settings: { cell } });
    const { language } = model;
    const { numbers } = readGold(GOLD, SENTENCE, language.scheme, language);
    const sentence = new UnrolledModel(model, createSpreadKernels()).read(SENTENCE);
    for (const [t, row] of sentence.reach(sentence.losses(numbers)).entries())
      for (const [s, norm] of row.entries())
        expect(norm > 0, `${cell} ${t} ${s}`).toBe(cell === 'elman' ? s <= t : s === t);
  }
});
