import type { Adapter, Channel } from './answers.js';

/** An account at a provider, as lists and its own page show it. */
export type ChannelRow = Channel;

/** A provider, as the form of its channels needs it. */
export type AdapterDescriptor = Adapter;
