import { definePlugin } from '../../src/contract/index.js';
import { node } from './node.js';
import { service } from './service.js';

export default definePlugin({ node, service });
