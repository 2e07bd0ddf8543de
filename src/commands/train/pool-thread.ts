import { serveTasks } from '../../node/thread-server.js';
import { trainOnce } from './pool.js';

serveTasks(() => trainOnce);
