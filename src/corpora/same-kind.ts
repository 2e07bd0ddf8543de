import { badInput } from '../errors.js';
import { hasSpans, type Scheme } from '../text/scheme.js';

/**
 * Refuses a corpus whose tags are of another kind than a model's.
 *
 * @param source name of the corpus in messages
 * @throws UserError if one has names and the other plain labels, exit code 3
 */
export function checkSameKind(source: string, part: Scheme, model: Scheme): void {
  if (hasSpans(part) === hasSpans(model)) return;
  throw badInput(
    `${source}: expected ${kindOf(model)}, as the model has, found ${kindOf(part)}`,
    'see --tag-column, and --outside of rnn train',
  );
}

/** Returns how messages call the kind of a scheme's tags. */
export function kindOf(scheme: Scheme): string {
  return hasSpans(scheme) ? 'names' : 'plain labels, one a token';
}
