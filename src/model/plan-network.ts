import { badUsage } from '../errors.js';
import type { Settings } from '../settings/settings.js';
import type { TableShape } from '../text/features.js';
import { tablesOfKind } from './parts/network-parts.js';
import type { NetworkPlan } from './plan.js';

/**
 * Returns the network that settings, tables of words, and K tags describe.
 *
 * @param allowed ((K + 2), K), the transitions that decoding allows
 * @throws UserError if the settings exclude each other
 */
export function planNetwork(
  settings: Settings,
  tables: readonly TableShape[],
  K: number,
  allowed: Uint8Array,
): NetworkPlan {
  const { cell, direction, layers, decoder, hidden, input, window, inputDropout, dropout } = settings;
  if (input === 'sum' && window > 0)
    throw badUsage('a window of neighbours needs rows side by side', 'add --input concatenate, or leave out --window');
  const [unsummable] = input === 'sum' ? unsummableTables(tables) : [];
  if (unsummable !== undefined)
    throw badUsage(
      `${unsummable} need rows side by side`,
      `add --input concatenate, or leave ${unsummable} out of --features`,
    );
  return {
    tables: tables.map((table) => {
      const { name, part, rows, named, hideable } = table;
      return { name, part, rows, named, width: tablesOfKind(part).widthOf(table, settings), hideable };
    }),
    input,
    cell,
    direction,
    layers,
    hidden,
    tags: K,
    decoder,
    window,
    inputDropout: input === 'sum' ? 0 : inputDropout,
    dropout,
    allowed,
  };
}

/** Returns the names of the tables whose rows cannot be summed straight into the recurrence. */
export function unsummableTables(tables: readonly Pick<TableShape, 'name' | 'part'>[]): string[] {
  return tables.filter(({ part }) => !tablesOfKind(part).canBeSummed).map(({ name }) => name);
}
