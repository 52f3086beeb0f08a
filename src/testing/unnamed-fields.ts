interface Described {
  readonly flags?: { readonly label?: string; readonly description?: string };
  readonly keys?: Readonly<Record<string, Described>>;
  readonly items?: readonly Described[];
  readonly matches?: readonly Alternative[];
  readonly whens?: readonly Alternative[];
}
interface Alternative {
  readonly schema?: Described;
  readonly then?: Described;
  readonly otherwise?: Described;
  readonly switch?: readonly { readonly then?: Described }[];
}

/** Returns the fields of a described schema, at every depth, that have no label or no description. A form could not explain them. */
export function unnamedFields(description: object, at: string): readonly string[] {
  return unnamed(description, at);
}

function unnamed({ keys = {}, items = [], matches = [], whens = [] }: Described, at: string): readonly string[] {
  const others = [...matches, ...whens].flatMap((one) => [
    one.schema,
    one.then,
    one.otherwise,
    ...(one.switch ?? []).map(({ then }) => then),
  ]);
  return [
    ...Object.entries(keys).flatMap(([key, field]) => [
      ...(field.flags?.label && field.flags.description ? [] : [`${at}/${key}`]),
      ...unnamed(field, `${at}/${key}`),
    ]),
    ...items.flatMap((item) => unnamed(item, `${at}[]`)),
    ...others.flatMap((other) => (other ? unnamed(other, at) : [])),
  ];
}
