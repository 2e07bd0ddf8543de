import { workerData } from 'node:worker_threads';
import { createWasmKernels } from '../numerics/wasm.js';
import { Member } from '../training/member.js';
import type { WorkerTask } from './team.js';

const { memory, job, index, size } = workerData as WorkerTask;
new Member(createWasmKernels(memory), job, index, size).serve();
