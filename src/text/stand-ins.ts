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

/** Matches what looks like a stand-in with a number. */
const NUMBERED = /\[[^[\]\s]+-\d+\]/g;

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

  readonly #onAmbiguous: (standIn: string) => void;
  /** The stand-ins with numbers that stand for names of the document. */
  readonly #given = new Set<string>();
  /** What looks like a stand-in with a number in the texts of the document themselves. */
  readonly #written = new Set<string>();

  /** @param onAmbiguous is told of each text that holds a stand-in which stands for a name of an earlier text */
  constructor(style: StandInStyle, digest?: NameDigest, onAmbiguous: (standIn: string) => void = () => {}) {
    this.#style = style;
    this.#digest = digest;
    this.#onAmbiguous = onAmbiguous;
  }

  /** Takes what a text holds that looks like a stand-in, before its names are replaced: no name gets that from now on. */
  avoid(text: string): void {
    if (this.#style !== 'number' || this.#digest) return;
    const found = new Set(text.match(NUMBERED));
    for (const standIn of found) this.#written.add(standIn);
    const [ambiguous] = [...found].filter((standIn) => this.#given.has(standIn));
    if (ambiguous !== undefined) this.#onAmbiguous(ambiguous);
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
    this.#given.clear();
    this.#written.clear();
    return names;
  }

  #invent(label: string, name: string): string {
    const digest = this.#digest && hexOf(this.#digest(label, name));
    if (this.#style === 'number') {
      if (digest !== undefined) return `[${label}-${digest.slice(0, DIGEST_DIGITS)}]`;
      return this.#number(label);
    }
    if (digest !== undefined) return inventName(Number.parseInt(digest.slice(0, NAME_BITS / 4), 16));
    return inventName(Number((BigInt(this.#count('')) * SPREAD) % 2n ** BigInt(NAME_BITS)));
  }

  /** Returns the label with the next number that no text holds. */
  #number(label: string): string {
    for (;;) {
      const standIn = `[${label}-${this.#count(label)}]`;
      if (this.#written.has(standIn)) continue;
      this.#given.add(standIn);
      return standIn;
    }
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
