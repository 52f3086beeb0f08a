import { GIVEN_OBJECTS, type Problem } from '../../contract/index.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { warning } from './finding.js';

const MEMBERS: ReadonlyMap<string, readonly string[] | undefined> = new Map(
  GIVEN_OBJECTS.map(({ name, members }) => [name, members && Object.keys(members)]),
);

/** Warns of members that a given object never has, such as `lastMessage.choise`: they are always empty. */
export function checkGiven({ known, effort, read }: Checked): readonly Problem[] {
  return known.flatMap(({ node, at, fields }) =>
    fields.flatMap((field) => {
      if (field.holds === 'result' || !effort.spend(0)) return [];
      const unknown = new Map(read(field).paths.map(([root = '', member]) => [`${root}.${member}`, { root, member }]));
      return [...unknown.values()].flatMap(({ root, member }) => {
        const members = MEMBERS.get(root);
        if (!members || member === undefined || members.includes(member)) return [];
        return [
          warning({
            pointer: `${at}/params${field.pointer}`,
            code: 'template/unknown-member',
            node: node.id,
            message: `"${root}" has no member "${member}"`,
            hint: didYouMean(nearestAmong(members)(member), `Its members are ${members.join(', ')}.`),
          }),
        ];
      });
    }),
  );
}
