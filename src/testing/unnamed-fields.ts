import type { Described } from '../flow/schema/described.js';

/** Returns the fields of a described schema, at every depth, that have no label or no description. A form could not explain them. */
export function unnamedFields(description: object, at: string): readonly string[] {
  return schemasIn(description, { at }).flatMap(({ described: { flags = {} }, at: place, isMember }) =>
    !isMember || (flags.label && flags.description) ? [] : [place],
  );
}

/** Returns the fields with values to choose of which one has no title. People would read what stands in the flow file. */
export function untitledChoices(description: object, at: string): readonly string[] {
  return schemasIn(description, { at }).flatMap(({ described: { type, flags, allow = [], metas = [] }, at: place }) => {
    const titles = Object.assign({}, ...metas.map((meta) => meta.titles)) as Readonly<Record<string, string>>;
    const isChoice = type === 'string' && flags?.only === true;
    return isChoice && allow.some((value) => typeof value === 'string' && titles[value] === undefined) ? [place] : [];
  });
}

interface Place {
  readonly at: string;
  /** Whether it is a member of an object: a member of a list has the words of the list. */
  readonly isMember?: boolean;
}

function schemasIn(described: Described, place: Place): readonly (Place & { readonly described: Described })[] {
  const { keys = {}, items = [], matches = [], whens = [] } = described;
  const { at } = place;
  const others = [...matches, ...whens].flatMap((one) => [
    ...('schema' in one ? [one.schema] : []),
    one.then,
    one.otherwise,
    ...(one.switch ?? []).map(({ then }) => then),
  ]);
  return [
    { ...place, described },
    ...Object.entries(keys).flatMap(([key, field]) => schemasIn(field, { at: `${at}/${key}`, isMember: true })),
    ...items.flatMap((item) => schemasIn(item, { at: `${at}[]` })),
    ...others.flatMap((other) => (other ? schemasIn(other, { at }) : [])),
  ];
}
