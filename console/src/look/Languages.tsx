import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { IntlProvider, useIntl } from 'react-intl';

/** The languages of the console, in their own words. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
type Sentences = Readonly<Record<string, string>>;

const STORED = 'parley.language';
const Chosen = createContext<{ readonly language: Language; readonly choose: (language: Language) => void }>({
  language: 'en',
  choose: () => undefined,
});

/** Gives what is inside it the sentences of the language that the person chose, at first the browser's. */
export function Languages({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [sentences, setSentences] = useState<Sentences | undefined>(language === 'en' ? {} : undefined);
  useEffect(() => {
    document.documentElement.lang = language;
    let isLeft = false;
    void sentencesOf(language).then((loaded) => isLeft || setSentences(loaded));
    return () => {
      isLeft = true;
    };
  }, [language]);
  const chosen = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem(STORED, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  if (!sentences) return null;
  return (
    <Chosen.Provider value={chosen}>
      <IntlProvider locale={regionOf(language)} messages={{ ...sentences }} onError={() => undefined}>
        {children}
      </IntlProvider>
    </Chosen.Provider>
  );
}

/** Returns the language and how to choose another. */
export function useLanguage() {
  return useContext(Chosen);
}

/** Says a sentence in the language of the person. Braces are only read if there are values: descriptors speak of `{{ expressions }}`. */
export type Say = (sentence: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Returns the function that says a sentence of the console or of a descriptor. The English sentence is its own key in `languages/de.json`; a
 * test demands each that the source and the descriptors of the host have.
 *
 * @example
 * const say = useSay();
 * say('{count, plural, one {# problem} other {# problems}}', { count });
 */
export function useSay(): Say {
  const intl = useIntl();
  return useMemo(
    () => (sentence, values) =>
      values ? intl.formatMessage({ id: sentence, defaultMessage: sentence }, values) : String(intl.messages[sentence] ?? sentence),
    [intl],
  );
}

function firstLanguage(): Language {
  const wanted = localStorage.getItem(STORED) ?? navigator.language.slice(0, 2);
  return wanted in LANGUAGES ? (wanted as Language) : 'en';
}

/** Returns the language as the browser has it, such as `en-GB`: the region decides how dates and numbers are written. */
function regionOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

async function sentencesOf(language: Language): Promise<Sentences> {
  return language === 'de' ? (await import('../../languages/de.json')).default : {};
}
