import type { Plugin } from '../src/contract/index.js';
import { plugins as byType } from './index.js';

const loaded = await Promise.all(Object.values(byType).map((load) => load()));

/** All plugins that come with Parley. */
export const plugins: readonly Plugin[] = loaded.map((one) => one.default);
