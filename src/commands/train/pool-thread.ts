import { serveTasks } from '../../node/thread-pool.js';
import { trainOnce } from './pool.js';

serveTasks(() => trainOnce);
