import { definePlugin } from '../../src/contract/index.js';
import { node } from './node.js';

export default definePlugin({ node });
