/** A change to the preset whose ingredients are weighed. */
export interface Variation {
  readonly name: string;
  /** Options after the preset's, which they overrule. */
  readonly flags: readonly string[];
}

/** What the others are compared with. */
export const UNCHANGED: Variation = { name: 'unchanged', flags: [] };

/** Every ingredient left out, one a line, then other choices for it. Add a line here to weigh another. */
export const VARIATIONS: readonly Variation[] = [
  { name: 'no-crf', flags: ['--decoder', 'softmax'] },
  { name: 'no-recoding', flags: ['--no-recode'] },
  { name: 'no-affixes', flags: ['--features', 'form,shape,casing,letters'] },
  { name: 'no-prefixes', flags: ['--features', 'form,suffixes,shape,casing,letters'] },
  { name: 'no-suffixes', flags: ['--features', 'form,prefixes,shape,casing,letters'] },
  { name: 'no-shape', flags: ['--features', 'form,affixes,casing,letters'] },
  { name: 'no-shape-and-casing', flags: ['--features', 'form,affixes,letters'] },
  { name: 'form-only', flags: ['--features', 'form'] },
  { name: 'no-lowercase', flags: ['--no-lowercase'] },
  { name: 'no-folded-digits', flags: ['--no-fold-digits'] },
  { name: 'no-letters', flags: ['--features', 'form,affixes,shape,casing'] },
  { name: 'window-1', flags: ['--window', '1'] },
  { name: 'no-dropout', flags: ['--dropout', '0', '--input-dropout', '0'] },
  { name: 'average', flags: ['--average', '0.999'] },
  { name: 'no-unknown-words', flags: ['--unknown-rate', '0'] },
  { name: 'no-decay', flags: ['--decay', 'none'] },
  { name: 'no-warmup', flags: ['--warmup', '0'] },
  { name: 'left-to-right', flags: ['--direction', 'forward'] },
  { name: 'input-summed', flags: ['--input', 'sum'] },
  { name: 'elman', flags: ['--cell', 'elman'] },
  { name: 'lstm', flags: ['--cell', 'lstm'] },
  { name: 'feedforward', flags: ['--cell', 'feedforward'] },
  { name: 'two-layers', flags: ['--layers', '2'] },
  { name: 'hidden-64', flags: ['--hidden', '64'] },
  { name: 'hidden-256', flags: ['--hidden', '256'] },
];
