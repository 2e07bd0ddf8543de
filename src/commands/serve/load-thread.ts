import { serveTasks } from '../../node/thread-pool.js';
import { readServedFile } from './served-file.js';

serveTasks(() => readServedFile);
