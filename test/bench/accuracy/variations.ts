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
  { name: 'no-affixes', flags: ['--features', 'form,shape,casing'] },
  { name: 'no-shape-no-casing', flags: ['--features', 'form,affixes'] },
  { name: 'form-only', flags: ['--features', 'form'] },
  { name: 'no-dropout', flags: ['--dropout', '0'] },
  { name: 'no-unknown-words-trained', flags: ['--unknown-rate', '0'] },
  { name: 'left-to-right', flags: ['--direction', 'forward'] },
  { name: 'gru', flags: ['--cell', 'gru'] },
  { name: 'lstm', flags: ['--cell', 'lstm'] },
  { name: 'feedforward', flags: ['--cell', 'feedforward'] },
  { name: 'hidden-64', flags: ['--hidden', '64'] },
  { name: 'hidden-256', flags: ['--hidden', '256'] },
];
