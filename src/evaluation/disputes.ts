import type { Scheme } from '../text/scheme.js';

interface Tag {
  readonly prefix: string;
  readonly label: string;
}

const OUTSIDE: Tag = { prefix: 'O', label: '' };
/** Stands for every tag that has a second reading. */
const DISPUTED: Tag = { prefix: '', label: '' };

/** A label with a hyphen at an end, which seqeval strips, is disputed. */
const TAG = /^[BIES]-[^-](?:.*[^-])?$/su;

/**
 * Tells whether every scorer reads a sentence's tags alike, for each of them may stand where it stands and none has a
 * second spelling; each different tag is taken apart once.
 */
export function createDisputeCheck(scheme: Scheme): (tags: readonly string[]) => boolean {
  const { name, outside } = scheme;
  if (name === 'plain') return () => true;
  const known = new Map([[outside, OUTSIDE]]);
  const partsOnce = (text: string): Tag => {
    let parts = known.get(text);
    if (parts) return parts;
    parts = TAG.test(text) ? { prefix: text.charAt(0), label: text.slice(2) } : DISPUTED;
    known.set(text, parts);
    return parts;
  };
  return (tags) => {
    let previous = OUTSIDE;
    for (const text of tags) {
      const tag = partsOnce(text);
      if (tag === DISPUTED || !mayFollow(previous, tag, name)) return false;
      previous = tag;
    }
    return mayFollow(previous, OUTSIDE, name);
  };
}

function mayFollow(previous: Tag, { prefix, label }: Tag, scheme: 'iob1' | 'iob2' | 'bioes'): boolean {
  const isOpen = previous.prefix === 'B' || previous.prefix === 'I';
  const goesOn = isOpen && previous.label === label;
  if (scheme === 'bioes') return prefix === 'I' || prefix === 'E' ? goesOn : !isOpen;
  if (prefix === 'E' || prefix === 'S') return false;
  if (scheme === 'iob1') return prefix !== 'B' || goesOn;
  return prefix !== 'I' || goesOn;
}
