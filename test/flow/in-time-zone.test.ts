import { expect } from 'chai';
import { plugins } from '../../plugins/all.js';
import { compileFlow } from '../../src/flow/compile.js';
import { inTimeZone } from '../../src/flow/in-time-zone.js';
import { createNodeTypes } from '../../src/flow/node-types.js';
import { aFlow } from '../support/builders.js';

const zoneOf = (own: string | undefined, installation: string | undefined) => {
  const flow = aFlow('f', {
    settings: { maxSteps: 7, ...(own === undefined ? {} : { timeZone: own }) },
    nodes: [{ id: 'start', type: 'start', version: 1, params: {} }],
  });
  const { settings } = compileFlow(inTimeZone(flow, installation), 1, createNodeTypes(plugins));
  expect(settings.maxSteps).to.equal(7);
  return settings.timeZone;
};

describe('the time zone of a flow', () => {
  it("is its own, else the installation's, else UTC", () => {
    expect(zoneOf('Asia/Kolkata', 'Europe/Berlin')).to.equal('Asia/Kolkata');
    expect(zoneOf(undefined, 'Europe/Berlin')).to.equal('Europe/Berlin');
    expect(zoneOf(undefined, undefined)).to.equal('UTC');
  });
});
