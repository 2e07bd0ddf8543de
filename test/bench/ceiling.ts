import asc from 'assemblyscript/asc';
import { fastestCall } from './timing.js';

const ROUNDS = 1000;
const OPERATIONS_A_VECTOR = 8;

interface Loop {
  readonly name: string;
  /** Vectors that a round multiplies and adds. */
  readonly vectors: number;
  readonly source: string;
}

/**
 * Dependent chains multiply the sum itself and touch nothing but registers; tiles multiply loaded rows and columns, so
 * that only the addition waits for the one before. Which fills the units better differs between processors, so the best
 * of some is the ceiling.
 */
const LOOPS: readonly Loop[] = [dependentLoop(12), dependentLoop(13), tileLoop(4, 2), tileLoop(5, 2)];

/** Loops that do nothing but multiply and add vectors of 128 bits: no kernel can do more in a second. */
export class Ceiling {
  readonly #loops: readonly { readonly loop: Loop; readonly run: () => void }[];
  #flops = 0;
  #name = '';

  private constructor(loops: readonly { loop: Loop; run: () => void }[]) {
    this.#loops = loops;
  }

  /** Compiles the loops, and runs them until the engine has optimised them. */
  static async compile(): Promise<Ceiling> {
    const loops = await Promise.all(LOOPS.map(async (loop) => ({ loop, run: await compileLoop(loop) })));
    for (const { run } of loops) for (let call = 0; call < 2000; call++) run();
    return new Ceiling(loops);
  }

  /** Measures again; the best so far counts. */
  measure(): void {
    for (const { loop, run } of this.#loops) {
      const flops = (ROUNDS * loop.vectors * OPERATIONS_A_VECTOR) / fastestCall(run);
      if (flops <= this.#flops) continue;
      this.#flops = flops;
      this.#name = loop.name;
    }
  }

  /** Multiplications and additions a second. */
  get flops(): number {
    return this.#flops;
  }

  /** Which loop was the best. */
  get name(): string {
    return this.#name;
  }
}

function dependentLoop(chains: number): Loop {
  const steps = sumNames(chains).map((sum) => `${sum} = f32x4.add(f32x4.mul(${sum}, factor), addend);`);
  const round = Array.from({ length: 4 }, () => steps.join(' ')).join('\n');
  return { name: `${chains} dependent chains`, vectors: 4 * chains, source: loopSource(chains, round) };
}

/** Two steps a round, between which the branch that is never taken keeps loads from being hoisted, as in the product. */
function tileLoop(rows: number, columns: number): Loop {
  const chains = rows * columns;
  const step = (offset: number): string => {
    const lines = Array.from({ length: columns }, (_, column) => {
      return `const column${column} = v128.load(place, ${offset + 16 * column});`;
    });
    for (let row = 0; row < rows; row++) {
      lines.push(`const row${row} = v128.load32_splat(place, ${1024 + offset + 4 * row});`);
      for (let column = 0; column < columns; column++) {
        const sum = `sum${row * columns + column}`;
        lines.push(`${sum} = f32x4.add(${sum}, f32x4.mul(row${row}, column${column}));`);
      }
    }
    return `{ ${lines.join('\n')} }`;
  };
  const round = `${step(0)} if (place == 0) break; ${step(32)}`;
  return { name: `tile of ${chains} independent chains`, vectors: 2 * chains, source: loopSource(chains, round) };
}

function sumNames(chains: number): string[] {
  return Array.from({ length: chains }, (_, index) => `sum${index}`);
}

function loopSource(chains: number, round: string): string {
  const sums = sumNames(chains);
  return `
    export function run(): f32 {
      const factor = f32x4.splat(0.5), addend = f32x4.splat(1);
      let place: usize = 1024;
      ${sums.map((sum, index) => `let ${sum} = f32x4.splat(${index});`).join(' ')}
      for (let round = 0; round < ${ROUNDS}; round++) { ${round} place += 16; }
      return f32x4.extract_lane(${sums.reduce((total, sum) => `f32x4.add(${total}, ${sum})`)}, 0);
    }`;
}

async function compileLoop({ source }: Loop): Promise<() => void> {
  const options = { optimizeLevel: 3, runtime: 'stub', enable: ['simd'], initialMemory: 1 };
  const { error, binary, stderr } = await asc.compileString(source, options);
  if (error || !binary) throw new Error(`the loop of the ceiling does not compile: ${stderr}`, { cause: error });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(binary)));
  return exports.run as () => void;
}
