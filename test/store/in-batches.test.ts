import { expect } from 'chai';
import mongoose from 'mongoose';
import { inBatches } from '../../src/store/mongo/in-batches.js';

describe('operations in batches', () => {
  /** Doubles numbers. Notes each batch; refuses those with a 7 as a server does, and loses the connection for those with a 13. */
  function doubling() {
    const batches: (readonly number[])[] = [];
    const double = inBatches(async (numbers: readonly number[]) => {
      batches.push(numbers);
      if (numbers.includes(7)) throw new mongoose.mongo.MongoServerError({ message: 'a 7 is not stored' });
      if (numbers.includes(13)) throw new mongoose.mongo.MongoNetworkError('gone');
      return numbers.map((one) => one * 2);
    });
    return { batches, double };
  }
  const outcomes = async (promises: readonly Promise<number>[]) =>
    (await Promise.allSettled(promises)).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message));

  it('what is asked for in one tick is one operation, and everybody gets their own result', async () => {
    const { batches, double } = doubling();
    expect(await Promise.all([double(1), double(2), double(3)])).to.deep.equal([2, 4, 6]);
    expect(await double(4)).to.equal(8);
    expect(batches).to.deep.equal([[1, 2, 3], [4]]);
  });

  it('very many are several operations', async () => {
    const { batches, double } = doubling();
    await Promise.all(Array.from({ length: 450 }, (_, i) => double(i + 100)));
    expect(batches.map(({ length }) => length)).to.deep.equal([200, 200, 50]);
  });

  it('what the server refuses fails alone', async () => {
    const { double } = doubling();
    expect(await outcomes([double(1), double(7), double(2)])).to.deep.equal([2, 'a 7 is not stored', 4]);
  });

  it('if the connection is lost, all fail and nothing is repeated', async () => {
    const { batches, double } = doubling();
    expect(await outcomes([double(1), double(13)])).to.deep.equal(['gone', 'gone']);
    expect(batches).to.have.length(1);
  });
});
