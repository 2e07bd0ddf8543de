import { parentPort, workerData } from 'node:worker_threads';
import { createWasmKernels } from '../numerics/wasm.js';
import { Member } from '../training/member.js';
import type { TeamMessage, WorkerTask } from './team.js';

const { memory, job, index, size, leaderWorks } = workerData as WorkerTask;
const member = new Member(createWasmKernels(memory), job, index, size, leaderWorks);
const say = (message: TeamMessage): void => parentPort?.postMessage(message);
say('ready');
try {
  member.serve(leaderWorks ? undefined : () => say('ended'));
} finally {
  say('left');
}
