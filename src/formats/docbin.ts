import { encode } from '@msgpack/msgpack';
import type { Sentence, Span } from '../text/sentence.js';
import { SPACY_SYMBOLS } from './spacy-symbols.js';

/** The attributes that spaCy numbers so, in the order of the columns. */
const [ORTH, ENT_IOB, ENT_TYPE, SENT_START] = [65, 77, 78, 80];
const COLUMNS = [ORTH, ENT_IOB, ENT_TYPE, SENT_START];

/** The values of ENT_IOB. */
const IOB = { unknown: 0n, inside: 1n, outside: 2n, begin: 3n } as const;

/** The values of SENT_START; the second stands for -1. */
const STARTS = 1n;
const GOES_ON = 2n ** 64n - 1n;

/** Gathers sentences for a file of spaCy's `DocBin`, each as a document of its own (https://spacy.io/api/docbin). */
export class DocBinWriter {
  readonly #strings = new Map<string, bigint>([['', 0n]]);
  readonly #tokens: bigint[] = [];
  readonly #spaces: number[] = [];
  readonly #lengths: number[] = [];

  /** @param spans the entities; tokens whose tag is not known have none, and spaCy is told so */
  add({ tokens, text, possible }: Pick<Sentence, 'tokens' | 'text' | 'possible'>, spans: readonly Span[]): void {
    const entities = new Map<number, readonly [iob: bigint, label: string]>();
    for (const { label, start, end } of spans)
      for (let t = start; t < end; t++) entities.set(t, [t === start ? IOB.begin : IOB.inside, label]);
    for (const [t, token] of tokens.entries()) {
      const [iob, label] = entities.get(t) ?? [possible?.[t] === undefined ? IOB.outside : IOB.unknown, ''];
      this.#tokens.push(this.#keyOf(token), iob, this.#keyOf(label), t === 0 ? STARTS : GOES_ON);
    }
    this.#spaces.push(...spacesAfter(tokens, text));
    this.#lengths.push(tokens.length);
  }

  /** Returns the bytes of the file: MessagePack, compressed with zlib. */
  async end(): Promise<Uint8Array<ArrayBuffer>> {
    const each = <Value>(value: Value): Value[] => this.#lengths.map(() => value);
    const content = encode({
      version: 0.1,
      attrs: COLUMNS,
      tokens: bytesOf(BigUint64Array.from(this.#tokens)),
      spaces: Uint8Array.from(this.#spaces),
      lengths: bytesOf(Int32Array.from(this.#lengths)),
      strings: [...this.#strings.keys()].filter((text) => text !== '').sort(),
      cats: each({}),
      flags: each({ has_unknown_spaces: false }),
      span_groups: each(new Uint8Array()),
    });
    const stream = new Blob([content]).stream().pipeThrough(new CompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  #keyOf(text: string): bigint {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const key = SYMBOLS.get(text) ?? murmurHash64(new TextEncoder().encode(text));
    this.#strings.set(text, key);
    return key;
  }
}

const SYMBOLS = new Map(SPACY_SYMBOLS.map((text, index) => [text, BigInt(index + 1)]));

/** Tells for each token whether a space follows it: as in the text if there is one, else after all but the last. */
function spacesAfter(tokens: readonly string[], text: string | undefined): number[] {
  let position = 0;
  return tokens.map((token, t) => {
    if (text === undefined) return t < tokens.length - 1 ? 1 : 0;
    position = Math.max(position, text.indexOf(token, position) + token.length);
    return text[position] === ' ' ? 1 : 0;
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: BigUint64Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

const SEED = 1n;
const MULTIPLIER = 0xc6a4a7935bd1e995n;
const SHIFT = 47n;

const times = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a * b);
const mix = (a: bigint): bigint => a ^ (a >> SHIFT);

/** Returns the hash by which spaCy names strings: MurmurHash64A (Appleby 2008, public domain) with the seed 1. */
export function murmurHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  let hash = SEED ^ times(BigInt(bytes.length), MULTIPLIER);
  for (let index = 0; index < whole; index += 8) {
    const block = times(mix(times(view.getBigUint64(index, true), MULTIPLIER)), MULTIPLIER);
    hash = times(hash ^ block, MULTIPLIER);
  }
  if (whole < bytes.length) {
    let rest = 0n;
    for (let index = bytes.length - 1; index >= whole; index--) rest = (rest << 8n) | BigInt(bytes[index] ?? 0);
    hash = times(hash ^ rest, MULTIPLIER);
  }
  return mix(times(mix(hash), MULTIPLIER));
}
