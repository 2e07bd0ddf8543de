/** A view whose elements are watched. */
export type WatchableView = Float32Array | Float64Array | Int32Array;

/** Is told, before it happens, that elements `from` to `to`, exclusive, are read or written. */
export type Watcher = (mode: 'reads' | 'writes', from: number, to: number) => void;

const originals = new WeakMap<object, { readonly view: WatchableView; readonly watch: Watcher }>();

/**
 * Returns a view of the same memory that tells `watch` of every element which is read or written through it, and
 * through what its `subarray` returns.
 */
export function watchedView<View extends WatchableView>(view: View, watch: Watcher): View {
  const methods: Record<string, unknown> = {
    subarray: (from = 0, to = view.length) =>
      watchedView(view.subarray(from, to) as View, (mode, first, last) => watch(mode, from + first, from + last)),
    set(source: ArrayLike<number>, offset = 0) {
      watch('writes', offset, offset + source.length);
      view.set(source, offset);
    },
    fill(value: number, from = 0, to = view.length) {
      watch('writes', from, to);
      return view.fill(value, from, to);
    },
    copyWithin(to: number, from: number, end = view.length) {
      watch('reads', from, end);
      watch('writes', to, to + end - from);
      return view.copyWithin(to, from, end);
    },
    slice(from = 0, to = view.length) {
      watch('reads', from, to);
      return view.slice(from, to);
    },
  };
  const watched = new Proxy(view, {
    get(target, property) {
      if (typeof property === 'string' && Object.hasOwn(methods, property)) return methods[property];
      const index = indexOf(property);
      if (index !== undefined) watch('reads', index, index + 1);
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || property === 'constructor') return value;
      watch('reads', 0, target.length);
      return value.bind(target);
    },
    set(target, property, value) {
      const index = indexOf(property);
      if (index !== undefined) watch('writes', index, index + 1);
      return Reflect.set(target, property, value, target);
    },
  });
  originals.set(watched, { view, watch });
  return watched;
}

/** Returns functions of `Atomics` that take watched views too, for a test to put in the place of the global ones. */
export function watchedAtomics(): Record<string, unknown> {
  const names = Object.getOwnPropertyNames(Atomics) as (keyof typeof Atomics)[];
  return Object.fromEntries(
    names.map((name) => {
      const original = Atomics[name];
      if (typeof original !== 'function') return [name, original];
      const watching = (view: object, index: number, ...rest: unknown[]): unknown => {
        const found = originals.get(view);
        found?.watch(name === 'load' ? 'reads' : 'writes', index, index + 1);
        return Reflect.apply(original, Atomics, [found?.view ?? view, index, ...rest]);
      };
      return [name, watching];
    }),
  );
}

/** Returns the index that a property names, if it names one: a negative, fractional or missing one too. */
function indexOf(property: string | symbol): number | undefined {
  return typeof property === 'string' && /^(-?\d+(\.\d+)?(e[+-]\d+)?|NaN|-?Infinity)$/.test(property)
    ? Number(property)
    : undefined;
}
