import type { NetworkPlan } from '../../src/model/plan.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { createCheckedKernels } from './checked-kernels.js';
import { createWork, trainAlone, trainAndTag } from './training-work.js';

const LENGTHS = [6, 4, 4, 2, 1];

/** Trains and tags on kernels that refuse what lies outside of a buffer, and returns the losses. */
export function lossesWithin(plan: NetworkPlan, given: SettingsInput): number[] {
  const work = createWork(plan, LENGTHS, { batchSize: 3, ...given });
  return trainAndTag(work, trainAlone(work, createCheckedKernels()).leader, 1).losses;
}
