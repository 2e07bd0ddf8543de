import type { Scheme } from '../text/scheme.js';

interface Tag {
  readonly prefix: string;
  readonly label: string;
}

const OUTSIDE: Tag = { prefix: 'O', label: '' };
/** Stands for every tag that scorers read differently. */
const AMBIGUOUS: Tag = { prefix: '', label: '' };

/** Matches unambiguous tags. Labels that begin or end with a hyphen are ambiguous because seqeval strips it. */
const TAG = /^[BIES]-[^-](?:.*[^-])?$/su;

/**
 * Creates a function that tells whether scorers may read a sentence's tags differently: whether a tag may not stand
 * where it stands, or has a second spelling. Each distinct tag is parsed once.
 */
export function createAmbiguityCheck(scheme: Scheme): (tags: readonly string[]) => boolean {
  const { name, outside } = scheme;
  if (name === 'plain') return () => false;
  const known = new Map([[outside, OUTSIDE]]);
  const parse = (text: string): Tag => {
    let tag = known.get(text);
    if (tag) return tag;
    tag = TAG.test(text) ? { prefix: text.charAt(0), label: text.slice(2) } : AMBIGUOUS;
    known.set(text, tag);
    return tag;
  };
  return (tags) => {
    let previous = OUTSIDE;
    for (const text of tags) {
      const tag = parse(text);
      if (tag === AMBIGUOUS || !mayFollow(previous, tag, name)) return true;
      previous = tag;
    }
    return !mayFollow(previous, OUTSIDE, name);
  };
}

function mayFollow(previous: Tag, { prefix, label }: Tag, scheme: 'iob1' | 'iob2' | 'bioes'): boolean {
  const isOpen = previous.prefix === 'B' || previous.prefix === 'I';
  const continues = isOpen && previous.label === label;
  if (scheme === 'bioes') return prefix === 'I' || prefix === 'E' ? continues : !isOpen;
  if (prefix === 'E' || prefix === 'S') return false;
  if (scheme === 'iob1') return prefix !== 'B' || continues;
  return prefix !== 'I' || continues;
}
