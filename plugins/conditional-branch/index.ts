import { definePlugin } from '../../src/contract/index.js';
import { node } from './node.js';
import { version1 } from './version-1.js';

export default definePlugin({ node, earlier: [version1] });
