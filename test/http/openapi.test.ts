import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { type ApiDocument, type Document, pointerOf, readApiDocument } from '../support/api-document.js';
import { aGreeting } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the OpenAPI document', () => {
  let host: TestApp;
  let api: ApiDocument;
  let document: Document;
  before(async () => {
    host = await startTestApp();
    const answer = await fetch(`${host.url}/api/openapi.json`);
    document = (await answer.json()) as Document;
    api = readApiDocument(document);
  });
  after(() => host.app.stop());

  it('is one, by the schema of OpenAPI 3.1', async () => {
    const result = await new Validator().validate(document as unknown as Record<string, unknown>);
    expect(result.errors ?? []).to.deep.equal([]);
  });

  it('names every call by its method and path, for generated clients', () => {
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids).to.include.members(['getFlows', 'getFlowsCode', 'postFlowsCodePublish']);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^(get|put|post|patch|delete)([A-Z][A-Za-z]+)+$/);
  });

  it('has the JSON Schema of flow files beside it, open to anybody', async () => {
    const answer = await fetch(`${host.url}/api/flow-schema.json`);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/schema+json; charset=utf-8']);
    const accepts = new Ajv2020({ strict: false }).compile((await answer.json()) as object);
    const greeting = aGreeting();
    expect([greeting, { ...greeting, colour: 'red' }].map((flow) => accepts(flow))).to.deep.equal([true, false]);
  });

  it('has the page for language models beside it, open to anybody', async () => {
    const answer = await fetch(`${host.url}/api/for-models`);
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'text/markdown; charset=utf-8']);
    expect(await answer.text()).to.equal(readFileSync('docs/for-models.md', 'utf8'));
  });

  it('has every call: each answers in its own words, and what is not in it is not there', async () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const method of Object.keys(methods)) {
        const answer = await fetch(host.url + path.replaceAll(/\{\w+\}/g, 'no-such'), { method: method.toUpperCase() });
        if (path.startsWith('/api/') && !isOpen(document, { path, method })) expect(answer.status, `${method} ${path}`).to.equal(401);
        else expect([200, 204, 404, 422], `${method} ${path}`).to.include(answer.status);
      }
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['POST', '/api/node-types'],
      ['PUT', '/api/keys'],
    ] as const)
      expect((await host.call(method, path)).json.code, `${method} ${path}`).to.equal('http/unknown-route');
  });

  it('has an example of every body, and of every shape, and each fits', () => {
    for (const [name, { examples = [] }] of Object.entries(document.components.schemas)) {
      expect(examples, name).to.have.length.of.at.least(1);
      for (const example of examples) expect(api.misfit(pointerOf(['components', 'schemas', name]), example), name).to.equal(undefined);
    }
    const bodies = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => {
        const body = requestBody?.content['application/json'];
        return body?.schema ? [{ path, method, body }] : [];
      }),
    );
    expect(bodies).to.have.length.of.at.least(10);
    for (const { path, method, body } of bodies) {
      const isShape = '$ref' in body.schema;
      if (body.example === undefined) expect(isShape || /check$/.test(path), `${method} ${path} has an example`).to.equal(true);
      else {
        const at = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
        expect(api.misfit(pointerOf(at), body.example), `${method} ${path}`).to.equal(undefined);
      }
    }
  });

  it('names for every call that changes something the word of the audit log', () => {
    const silent = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        method === 'get' || 'x-audited-as' in operation ? [] : [`${method} ${path}`],
      ),
    );
    // They change nothing, or what they begin is told by the turn log.
    expect(silent.sort()).to.deep.equal([
      'delete /api/sign-in',
      'post /api/flows/{code}/check',
      'post /api/flows/{code}/replay',
      'post /api/flows/{code}/trigger',
      'post /api/node-types/{type}/upgrade',
      'post /api/sessions/{id}/replay',
      'post /api/sign-in',
      'post /webhooks/{channel}',
    ]);
  });

  it('is shown as a page that needs no script', async () => {
    const answer = await fetch(`${host.url}/api/docs`);
    const page = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
    for (const path of Object.keys(document.paths)) expect(page).to.include(path);
    expect(page).to.not.match(/<script/);
  });
});

/** Whether a call needs no key. */
function isOpen(document: Document, { path, method }: { readonly path: string; readonly method: string }): boolean {
  return document.paths[path]?.[method]?.security?.length === 0;
}
