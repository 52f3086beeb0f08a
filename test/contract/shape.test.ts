import { expect } from 'chai';
import { joinShapes, type Shape, type ShapeStep, shapeAfter, shapeOf } from '../../src/contract/index.js';

describe('the shape of a value', () => {
  const order: Shape = { members: { id: 'text', items: { items: { members: { price: 'number' } } }, extra: 'object' } };
  const led = (shape: Shape, ...steps: readonly ShapeStep[]) =>
    steps.reduce<Shape | undefined>((one, step) => one && shapeAfter(one, step), shape);

  it('leads to members, items, and what templates count', () => {
    expect(led(order, 'items', 0, 'price')).to.equal('number');
    expect(led(order, 'items', null, 'price')).to.equal('number');
    expect(led(order, 'items', 'first', 'price')).to.equal('number');
    expect(led(order, 'items', 'size')).to.equal('number');
    expect(led(order, 'id', 'size')).to.equal('number');
    expect(led(order, 'id', 0)).to.equal('text');
    expect(led(order, 'extra', 'anything', 7)).to.equal('any');
    expect(led('list', 3, 'name')).to.equal('any');
    expect(led({ members: {}, open: true }, 'x')).to.equal('any');
  });

  it('ends where there can be nothing', () => {
    expect(led(order, 'itmes')).to.equal(undefined);
    expect(led(order, 0)).to.equal(undefined);
    expect(led(order, 'items', 'price')).to.equal(undefined);
    expect(led(order, 'id', 'name')).to.equal(undefined);
    expect(led(order, 'items', 0, 'price', 'size')).to.equal(undefined);
    expect(led({ members: {} }, 'constructor')).to.equal(undefined);
  });

  it('of two values has the members of both', () => {
    expect(joinShapes({ members: { a: 'text' } }, { members: { a: 'text', b: 'number' } })).to.deep.equal({
      members: { a: 'text', b: 'number' },
    });
    expect(joinShapes({ members: { a: 'text' } }, { members: { a: 'number' }, open: true })).to.deep.equal({
      members: { a: 'any' },
      open: true,
    });
    expect(joinShapes({ items: 'text' }, { items: 'number' })).to.deep.equal({ items: 'any' });
    expect(joinShapes({ items: 'text' }, 'list')).to.equal('list');
    expect(joinShapes('object', order)).to.equal('object');
    expect(joinShapes('text', order)).to.equal('any');
  });

  it('is what an example has; null says nothing, and a list is like all of its members', () => {
    expect(shapeOf({ id: 'A', n: 1, ok: true, none: null, list: [{ a: 1 }, { b: 'x' }], empty: [] })).to.deep.equal({
      members: {
        id: 'text',
        n: 'number',
        ok: 'boolean',
        none: 'any',
        list: { items: { members: { a: 'number', b: 'text' } } },
        empty: 'list',
      },
    });
  });
});
