import { inventName, NAME_BITS } from './invented-words.js';

/** What stands for a name: `[PER]`; `[PER-1]`, the next name `[PER-2]`; or an invented name. */
export type StandInStyle = 'label' | 'number' | 'pseudonym';

export const STAND_IN_STYLES: readonly StandInStyle[] = ['label', 'number', 'pseudonym'];

/** Returns the digest of a label and a name under a secret key, ten bytes or more. */
export type NameDigest = (label: string, name: string) => Uint8Array;

/** A name that was replaced. */
export interface ReplacedName {
  readonly standIn: string;
  readonly label: string;
  /** The ways in which the name is written, in the order in which they came. */
  readonly names: readonly string[];
}

/** Spreads the numbers of names over all invented names; odd, so that no two numbers meet. */
const SPREAD = 0x9e3779b97n;

const DIGEST_DIGITS = 10;

/**
 * Finds what stands for names. The same name with the same label, however it is spaced and capitalised, has the same stand-in:
 * within a document, or, with a digest, everywhere.
 */
export class StandIns {
  readonly #style: StandInStyle;
  readonly #digest: NameDigest | undefined;
  readonly #known = new Map<
    string,
    { readonly standIn: string; readonly label: string; readonly names: Set<string> }
  >();
  readonly #counts = new Map<string, number>();

  constructor(style: StandInStyle, digest?: NameDigest) {
    this.#style = style;
    this.#digest = digest;
  }

  /** Returns what stands for a name, and keeps the name. */
  replace(label: string, name: string): string {
    if (this.#style === 'label') return `[${label}]`;
    const same = name.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase();
    const key = `${label}\0${same}`;
    let found = this.#known.get(key);
    if (!found) {
      found = { standIn: this.#invent(label, same), label, names: new Set() };
      this.#known.set(key, found);
    }
    found.names.add(name);
    return found.standIn;
  }

  /** Returns the names that were replaced, in the order in which they came, and forgets them. */
  takeNames(): ReplacedName[] {
    const names = [...this.#known.values()].map((known) => ({ ...known, names: [...known.names] }));
    this.#known.clear();
    this.#counts.clear();
    return names;
  }

  #invent(label: string, name: string): string {
    const digest = this.#digest && hexOf(this.#digest(label, name));
    if (this.#style === 'number') {
      if (digest !== undefined) return `[${label}-${digest.slice(0, DIGEST_DIGITS)}]`;
      return `[${label}-${this.#count(label)}]`;
    }
    if (digest !== undefined) return inventName(Number.parseInt(digest.slice(0, NAME_BITS / 4), 16));
    return inventName(Number((BigInt(this.#count('')) * SPREAD) % 2n ** BigInt(NAME_BITS)));
  }

  /** Counts one more of a kind, from 1. */
  #count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
