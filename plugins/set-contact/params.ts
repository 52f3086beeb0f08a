import Joi from 'joi';
import type { Json, Platform } from '../../src/contract/index.js';
import { closed, described, json, text } from '../../src/params/fields.js';

export interface ContactParams {
  readonly name?: string | null;
  readonly language?: string | null;
  readonly timeZone?: string | null;
  readonly fields?: readonly { readonly name: string; readonly value: Json }[];
  readonly optOut?: Readonly<Partial<Record<Platform, boolean>>>;
}

const EMPTY = 'An empty text removes it.';
/** A text that may be removed: by null, or by an empty text. */
const removable = (label: string, sentence: string) => text(label, `${sentence} ${EMPTY}`).max(500).allow('', null);
const isOut = (label: string, sentence: string) => described(Joi.boolean(), label, sentence);

export const params = closed<ContactParams>({
  name: removable('Name', 'What the person is called.'),
  language: removable('Language', 'A language tag such as en, pt-BR or zh-Hant; texts of the flow in that language are used.').meta({
    example: 'pt-BR',
  }),
  timeZone: removable('Time zone', 'A name such as Europe/Berlin.').meta({ example: 'Europe/Berlin' }),
  fields: described(
    Joi.array()
      .items(
        closed({
          name: described(
            Joi.string()
              .pattern(/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/)
              .required(),
            'Name',
            'The name of the field: texts read it as contact.<name>.',
          ),
          value: json('Value', `Any JSON; texts in it may contain templates. ${EMPTY}`).required(),
        }).label('Field'),
      )
      .max(100),
    'Fields',
    'What else is known of the person; it stays when the flow ends.',
  ).meta({ control: 'rows' }),
  optOut: described(
    closed<NonNullable<ContactParams['optOut']>>({
      whatsapp: isOut('WhatsApp', 'True opts the person out of WhatsApp, false back in.'),
      viber: isOut('Viber', 'True opts the person out of Viber, false back in.'),
    }),
    'Opt-out',
    'Whether the person wants no messages on a platform, but answers to what they write.',
  ).meta({ more: true }),
}).or('name', 'language', 'timeZone', 'fields', 'optOut');
