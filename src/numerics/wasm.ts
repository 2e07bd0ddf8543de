import { UserError } from '../errors.js';
import { at } from './at.js';
import { decodeBytes } from './base64.js';
import type { Address, KernelName, Kernels } from './kernels.js';
import { SHARED_KERNELS, SINGLE_KERNELS } from './wasm-binary.js';

const PAGE = 65536;
const LARGEST_MEMORY = 65536;

/** The exports of the module: the kernels, and the end of the memory that they use themselves, in bytes. */
type Exported = Readonly<Record<KernelName | 'heapBase', (...values: number[]) => number>>;

/** The kernels on a memory of a single thread, once they are compiled. */
let singleKernels: WebAssembly.Module | undefined;

/** Takes the kernels of a single thread as compiled by the engine itself, where it lets no program compile bytes. */
export function takeCompiledKernels(module: WebAssembly.Module): void {
  singleKernels = module;
}

/**
 * Tells whether this engine has what the fast kernels need: WebAssembly with 128-bit vectors, and leave to compile it, which
 * the security policy of a page may deny.
 */
export function hasWasm(): boolean {
  if (typeof WebAssembly !== 'object') return false;
  try {
    compileSingleKernels();
    return true;
  } catch {
    return false;
  }
}

/** @throws {WebAssembly.CompileError} if the engine cannot, or does not let a program compile bytes */
function compileSingleKernels(): WebAssembly.Module {
  singleKernels ??= new WebAssembly.Module(decodeBytes(SINGLE_KERNELS));
  return singleKernels;
}

/** Tells whether this engine's threads can share one memory. */
export function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && hasWasm();
}

/**
 * Creates a memory for kernels that several threads use.
 *
 * @throws {UserError} if the process may not reserve as many addresses
 */
export function createSharedMemory(): WebAssembly.Memory {
  return createMemory({ initial: 16, maximum: LARGEST_MEMORY, shared: true });
}

/** Creates a memory; engines reserve addresses for the largest one, though little of it is used. */
function createMemory(descriptor: WebAssembly.MemoryDescriptor): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(descriptor);
  } catch (cause) {
    throw new UserError('this process may not reserve the 10 GB of addresses that a memory of WebAssembly takes', {
      hint: 'raise the limit (ulimit -v), use --workers 1, or set NODE_OPTIONS=--disable-wasm-trap-handler, which takes less',
      cause,
    });
  }
}

/**
 * Creates the kernels in WebAssembly.
 *
 * @param shared a memory from `createSharedMemory`, in which each thread's kernels get the same addresses from the same
 * calls of `allocate`. Without it, the kernels have a memory of their own.
 * @throws {UserError} if the process may not reserve as many addresses; later, from `allocate`, if the engine cannot give
 * as much memory
 */
export function createWasmKernels(shared?: WebAssembly.Memory): Kernels {
  const memory = shared ?? createMemory({ initial: 16 });
  const module = shared ? new WebAssembly.Module(decodeBytes(SHARED_KERNELS)) : compileSingleKernels();
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exported;
  let { numbers, integers, doubles } = viewsOf(memory);
  let used = Math.ceil(wasm.heapBase() / 64) * 16;
  /** The end of the memory that has been in use. Only below it is allocated memory cleared: beyond it all numbers are 0. */
  let written = used;

  function makeRoom(): void {
    const missing = used * 4 - memory.buffer.byteLength;
    if (missing > 0) grow(memory, Math.ceil(missing / PAGE));
    if (numbers.buffer !== memory.buffer) ({ numbers, integers, doubles } = viewsOf(memory));
  }

  return {
    ...wasm,
    get memory() {
      return numbers;
    },
    get integers() {
      return integers;
    },
    get used() {
      return used;
    },
    loadDouble: (address) => at(doubles, address / 2),
    storeDouble(address, value) {
      doubles[address / 2] = value;
    },
    allocate(n) {
      const address = used as Address;
      used += Math.ceil(n / 16) * 16;
      makeRoom();
      if (address < written) numbers.fill(0, address, Math.min(used, written));
      return address;
    },
    release(to) {
      written = Math.max(written, used);
      used = to;
    },
  };
}

function viewsOf({ buffer }: WebAssembly.Memory) {
  return { numbers: new Float32Array(buffer), integers: new Int32Array(buffer), doubles: new Float64Array(buffer) };
}

/**
 * The number of pages by which memory grows at least: 16 MB. To grow takes time, and what is not written to takes no room in
 * the machine.
 */
const STEP = 256;

function grow(memory: WebAssembly.Memory, pages: number): void {
  try {
    memory.grow(Math.max(pages, STEP));
    return;
  } catch {
    // There may still be room for what is needed.
  }
  try {
    memory.grow(pages);
  } catch (cause) {
    throw new UserError('the network and its batches need more memory than there is', {
      hint: 'at most 4 GB can be used: try a smaller --hidden, --vocabulary-size or --batch-size',
      cause,
    });
  }
}
