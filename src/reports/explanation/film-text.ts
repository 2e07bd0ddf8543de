import type { Film, Frame } from '../../explanation/film.js';
import { counted } from '../../text/counts.js';
import { wrapLine } from '../lines.js';

/** Tells what has been learnt of a sentence epoch by epoch, for a terminal. */
export function filmText(film: Film, columns: number): string {
  const lines = film.flatMap((frame, index) => {
    const before = film[index - 1]?.explanation.tokens;
    const changes = frame.explanation.tokens.flatMap(({ text, tag }, t) =>
      before?.[t]?.tag === tag ? [] : [`${text} ${tag}`],
    );
    const told = changes.length === 0 ? [] : [`    ${before ? 'now: ' : ''}${changes.join(', ')}`];
    return [frameText(frame), ...told];
  });
  return lines.map((line) => `${wrapLine(line, columns, '         ')}\n`).join('');
}

/** Tells in one line how far a training has come. */
export function frameText({ epoch, trainingLoss, explanation: { loss, tokens } }: Frame): string {
  const right = tokens.filter(({ tag, gold }) => tag === gold).length;
  const parts = [
    epoch === 0 ? 'before the first step' : `epoch ${epoch}`,
    ...(trainingLoss === undefined ? [] : [`loss of training ${trainingLoss.toFixed(3)}`]),
    ...(loss === undefined
      ? []
      : [`of this sentence ${loss.toFixed(3)}`, `${right} of ${counted(tokens.length, 'tag')} right`]),
  ];
  return parts.join(', ');
}
