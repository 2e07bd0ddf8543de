import type { NamedRows } from '../../explanation/explanation.js';

/** Names for people the feature that reads a table: a dictionary by the label of its names. */
export function featureName({ table, label }: Pick<NamedRows, 'table' | 'label'>): string {
  return label === undefined ? table : `dictionary ${label}`;
}
