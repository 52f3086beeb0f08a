import { member, readObjects, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, JsonObject, Shown, ShownButton, ShownCard } from '../../src/contract/index.js';
import { shownMedia } from './shown-media.js';

type ShownTemplate = NonNullable<Shown['template']>;

/** Returns a template with its values, its file, and the buttons that have a payload. Its texts are stored at Meta. */
export function shownTemplate(part: Json | undefined): Shown {
  const components = readObjects(member(part, 'components'));
  const cards = readObjects(components.find((one) => isOf(CAROUSEL, one))?.['cards']);
  const cardComponents = cards.map((card) => readObjects(card['components']));
  return withoutEmpty<Shown>({
    kind: 'template',
    media: mediaIn(components),
    template: {
      name: readText(member(part, 'name')) ?? '',
      language: readText(member(member(part, 'language'), 'code')) ?? '',
      ...withoutEmpty<Pick<ShownTemplate, 'values'>>({ values: [...components, ...cardComponents.flat()].flatMap(valuesIn) }),
    },
    buttons: components.flatMap(buttonsIn),
    cards: cardComponents.map((all) => withoutEmpty<ShownCard>({ media: mediaIn(all), buttons: all.flatMap(buttonsIn) })),
  });
}

/** The types of components, which Meta takes in capitals as well. */
const [HEADER, BUTTON, CAROUSEL] = [/^header$/i, /^button$/i, /^carousel$/i];

function isOf(type: RegExp, component: JsonObject): boolean {
  return type.test(readText(component['type']) ?? '');
}

function mediaIn(components: readonly JsonObject[]): Shown['media'] {
  const header = components.find((one) => isOf(HEADER, one));
  for (const parameter of readObjects(header?.['parameters']))
    for (const kind of ['image', 'video', 'document'] as const) if (parameter['type'] === kind) return shownMedia(kind, parameter[kind]);
  return undefined;
}

/** Returns the texts of a component. The fallback of an amount or a date is what phones show that cannot format it. */
function valuesIn(component: JsonObject): readonly string[] {
  return readObjects(component['parameters']).flatMap((parameter) => {
    const type = readText(parameter['type']) ?? '';
    const text = parameter['text'] ?? parameter['coupon_code'] ?? member(parameter[type], 'fallback_value');
    return readText(text) ?? [];
  });
}

function buttonsIn(component: JsonObject): readonly ShownButton[] {
  if (!isOf(BUTTON, component)) return [];
  return readObjects(component['parameters']).flatMap((parameter) => {
    const payload = readText(parameter['payload']);
    return payload === undefined ? [] : [{ id: payload, title: payload, does: 'reply' as const }];
  });
}
