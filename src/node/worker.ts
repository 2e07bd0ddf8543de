import { parentPort, workerData } from 'node:worker_threads';
import { createWasmKernels } from '../numerics/wasm.js';
import { Member } from '../training/member.js';
import type { WorkerTask } from './team.js';

const { memory, job, index, size, leaderWorks } = workerData as WorkerTask;
const member = new Member(createWasmKernels(memory), job, index, size, leaderWorks);
parentPort?.postMessage('ready');
member.serve(leaderWorks ? undefined : () => parentPort?.postMessage('ended'));
