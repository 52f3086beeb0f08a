import { createIntl } from 'react-intl';
import type { Say } from '../../../src/flow/say.js';

const intl = createIntl({ locale: 'en', onError: () => undefined });

/** Says sentences in English, as the console does. */
export const say: Say = (sentence, values) =>
  sentence === '' ? '' : intl.formatMessage({ id: sentence, defaultMessage: sentence }, values);
