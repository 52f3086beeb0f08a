import { definePlugin } from '../../src/contract/index.js';
import { chatCompletions as service } from '../../src/models/chat-completions.js';
import { node } from './node.js';

export default definePlugin({ node, service });
