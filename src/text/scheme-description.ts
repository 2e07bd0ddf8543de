import type { Scheme } from './scheme.js';

const SCHEME_TITLES = { iob1: 'IOB1', iob2: 'IOB2 (BIO)', bioes: 'BIOES', plain: 'plain' } as const;

/** Returns the usual name of a scheme. */
export function schemeTitle({ name }: Pick<Scheme, 'name'>): string {
  return SCHEME_TITLES[name];
}

/** Describes a scheme for people. */
export function describeScheme({ name, outside }: Scheme): string {
  if (outside === undefined)
    return 'tags: plain labels, one per token, scored by accuracy (name the outside tag with --outside to score names)';
  return `tags: ${SCHEME_TITLES[name]}, outside ${outside}`;
}
