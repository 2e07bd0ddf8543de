import type { Picture } from './pictures.js';

/** The equations of each cell, and the names that rnn inspect gives their recurrent parameters. */
const EQUATIONS: Readonly<Record<string, { readonly formulas: readonly string[]; readonly recurrent: string }>> = {
  elman: { formulas: ['h⟨t⟩ = tanh(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b)'], recurrent: 'Wh: forward.weights' },
  feedforward: { formulas: ['h⟨t⟩ = tanh(Wx·x⟨t⟩ + b)'], recurrent: 'no Wh: nothing is remembered' },
  gru: {
    formulas: [
      'reset r⟨t⟩, update s⟨t⟩ = σ(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b)',
      'n⟨t⟩ = tanh(Wx·x⟨t⟩ + r⟨t⟩ ∘ (Wn·h⟨t-1⟩ + bn) + b)',
      'h⟨t⟩ = (1 - s⟨t⟩) ∘ n⟨t⟩ + s⟨t⟩ ∘ h⟨t-1⟩',
    ],
    recurrent: 'Wh: forward.gates, Wn: forward.candidate',
  },
  lstm: {
    formulas: [
      'input i⟨t⟩, forget f⟨t⟩, output o⟨t⟩ = σ(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b)',
      'g⟨t⟩ = tanh(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b), c⟨t⟩ = f⟨t⟩ ∘ c⟨t-1⟩ + i⟨t⟩ ∘ g⟨t⟩',
      'h⟨t⟩ = o⟨t⟩ ∘ tanh(c⟨t⟩)',
    ],
    recurrent: 'Wh: forward.weights',
  },
};

/** Returns the equations of a network, one a line. */
export function equationsOf({ network }: Pick<Picture, 'network'>): string[] {
  const { formulas = [] } = EQUATIONS[network.cell] ?? {};
  const answer =
    network.decoder === 'crf'
      ? 'y⟨t⟩ = P(tag of word t | sentence) by Wy·h⟨t⟩ + by and the transitions between tags'
      : 'y⟨t⟩ = softmax(Wy·h⟨t⟩ + by)';
  return [...formulas, answer];
}

/** Tells the names that rnn inspect gives the parameters of the equations. */
export function parameterNames({ network, isBoth }: Pick<Picture, 'network' | 'isBoth'>): string {
  const parts = [
    'Wx: input.*',
    'b: input.bias',
    `${EQUATIONS[network.cell]?.recurrent ?? ''}${isBoth ? ' (backward.* for the way back)' : ''}`,
    'Wy: output.weights',
    'by: output.bias',
    ...(network.decoder === 'crf' ? ['transitions: crf.transitions'] : []),
  ];
  return parts.join('; ');
}
