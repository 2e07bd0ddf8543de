import type { Address, KernelName, Kernels } from '../../src/numerics/kernels.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { type Extent, KERNEL_ACCESSES } from './kernel-accesses.js';
import { type WatchableView, watchedView } from './watched-view.js';

interface Allocation {
  readonly address: Address;
  readonly size: number;
  isReleased: boolean;
  /** Its stack tells who took the memory. */
  readonly origin: Error;
}

/**
 * Returns kernels that refuse, with an error that names kernel, argument and allocation, a read or write outside of
 * the allocation that an address belongs to, the use of released memory, and doubles at odd addresses. What callers
 * read and write through `memory` and `integers` must lie within one allocation. Released memory is never given out
 * again, so that an address which outlives its allocation is noticed; so is a view that was fetched before an allocation.
 *
 * @param kernels which compute
 */
export function createCheckedKernels(kernels: Kernels = createReferenceKernels()): Kernels {
  const allocations: Allocation[] = [];

  function check(extent: Pick<Extent, 'from' | 'n' | 'isDouble'>, user: string): void {
    const { from, n, isDouble } = extent;
    const where = `${user} ${n} numbers at ${from}`;
    if (!Number.isInteger(from) || !Number.isInteger(n) || n < 0) throw new Error(`${where}: no whole numbers`);
    if (n === 0) return;
    const index = lastBefore(allocations, from);
    const found = allocations[index];
    if (!found) throw new Error(`${where}: before all allocations`);
    const cause = found.origin;
    const described = `allocation ${index} (${found.size} numbers at ${found.address})`;
    if (found.isReleased) throw new Error(`${where}: ${described} has been released`, { cause });
    if (from + n > found.address + found.size) throw new Error(`${where}: outside of ${described}`, { cause });
    if (isDouble && from % 2 !== 0) throw new Error(`${where}: doubles at an odd address of ${described}`, { cause });
  }

  let views = watchViews();

  /** Returns views that are good until the next allocation, which may move the memory. */
  function watchViews(): Pick<Kernels, 'memory' | 'integers'> {
    const count = allocations.length;
    const watch = <View extends WatchableView>(view: View, name: string): View =>
      watchedView(view, (mode, from, to) => {
        if (allocations.length !== count) throw new Error(`a caller ${mode} ${name} fetched before an allocation`);
        check({ from: from as Address, n: to - from, isDouble: false }, `a caller ${mode} ${name},`);
      });
    return { memory: watch(kernels.memory, 'memory'), integers: watch(kernels.integers, 'integers') };
  }

  const checkedKernel = (name: KernelName): unknown => {
    const call = kernels[name] as (...parameters: number[]) => unknown;
    const accessesOf = KERNEL_ACCESSES[name] as (
      integers: Int32Array,
      ...parameters: number[]
    ) => ReturnType<(typeof KERNEL_ACCESSES)[KernelName]>;
    return (...parameters: number[]) => {
      for (const access of accessesOf(kernels.integers, ...parameters)) {
        if ('from' in access) check(access, `${name} ${access.mode} ${access.argument},`);
        else if (!(access.index >= 0 && access.index < access.limit))
          throw new Error(`${name}: ${access.argument} holds ${access.index}, which is not under ${access.limit}`);
      }
      return call(...parameters);
    };
  };
  const names = Object.keys(KERNEL_ACCESSES) as KernelName[];
  const computing = Object.fromEntries(names.map((name) => [name, checkedKernel(name)])) as Pick<Kernels, KernelName>;

  return {
    ...computing,
    get memory() {
      return views.memory;
    },
    get integers() {
      return views.integers;
    },
    get used() {
      return kernels.used;
    },
    allocate(n) {
      // A gap parts allocations, so that the end of one is not the beginning of the next.
      const address = kernels.allocate(n + 1);
      allocations.push({ address, size: n, isReleased: false, origin: new Error('taken here') });
      views = watchViews();
      return address;
    },
    release(used) {
      for (const allocation of allocations) if (allocation.address >= used) allocation.isReleased = true;
    },
    loadDouble(address) {
      check({ from: address, n: 2, isDouble: true }, 'loadDouble reads address,');
      return kernels.loadDouble(address);
    },
    storeDouble(address, value) {
      check({ from: address, n: 2, isDouble: true }, 'storeDouble writes address,');
      kernels.storeDouble(address, value);
    },
  };
}

/** Returns the index of the last allocation that begins at or before an address; -1 if there is none. */
function lastBefore(allocations: readonly Allocation[], address: Address): number {
  let low = 0;
  let high = allocations.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((allocations[middle]?.address ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
