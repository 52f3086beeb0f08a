import { expect } from 'chai';
import { table } from '../../src/cli/table.js';

describe('a table on a terminal', () => {
  it('is straight, whatever the script: a wide sign takes two cells, a mark none', () => {
    const rows = [
      ['abc', '1'],
      ['中文', '2'],
      ['กี่', '3'],
      ['👩‍👧', '4'],
      ['cafe\u0301', '5'],
    ];
    expect(table(['NAME', 'N'], rows)).to.equal(['NAME  N', 'abc   1', '中文  2', 'กี่     3', '👩‍👧    4', 'cafe\u0301  5', ''].join('\n'));
  });

  it('leaves the last column as it is, and no blanks at the end of a line', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['x', ''],
          ['y', 'long text'],
        ],
      ),
    ).to.equal('A  B\nx\ny  long text\n');
  });
});
