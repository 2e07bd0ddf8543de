import kernels from './numerics/kernels.wasm';
import { takeCompiledKernels } from './numerics/wasm.js';

/** The entry for tagging in workerd, which compiles the WebAssembly of files alone. */
takeCompiledKernels(kernels);

export * from './tagger.js';
