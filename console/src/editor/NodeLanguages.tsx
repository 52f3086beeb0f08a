import { Button, Textarea, TextInput } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import type { Field } from '../../../src/contract/form.js';
import type { FlowNode, Problem } from '../../../src/contract/index.js';
import { languagesOf, type NodeText, setTranslation, textsOfNode, translationOf } from '../flow/node-texts.js';
import { languagePicks } from '../form/intl-names.js';
import { Problems } from '../form/Labelled.js';
import { useLanguage } from '../look/Languages.js';
import { useEdited, useEditor } from './editor-context.js';

interface Props {
  readonly node: FlowNode;
  readonly form: Field;
  /** Those of its translations. */
  readonly problems: readonly Problem[];
}

/** The texts of a node in the other languages of the flow: what is missing, what has changed since, and fields to write it. */
export function NodeLanguages({ node, form, problems }: Props) {
  const { say, isReadOnly } = useEditor();
  const flow = useEdited((state) => state.flow);
  const texts = useMemo(() => textsOfNode(node, form), [node, form]);
  const [added, setAdded] = useState<readonly string[]>([]);
  const ofFlow = useMemo(() => languagesOf(flow), [flow]);
  const languages = [...ofFlow, ...added.filter((one) => !ofFlow.includes(one))];
  if (texts.length === 0) return null;
  const open = texts.length * languages.length - languages.flatMap((one) => texts.filter((text) => translationOf(node, one, text))).length;
  return (
    <details className="panel-languages" data-pointer="/locales">
      <summary>
        {say('Languages')}
        {languages.length > 0 && open > 0 ? (
          <span className="panel-languages-count">
            {say('{count, plural, one {# text missing} other {# texts missing}}', { count: open })}
          </span>
        ) : null}
      </summary>
      <Problems problems={problems} />
      {languages.map((language) => (
        <LanguageTexts key={language} node={node} texts={texts} language={language} />
      ))}
      {isReadOnly ? null : <AddLanguage onAdd={(language) => setAdded([...added, language])} />}
    </details>
  );
}

interface LanguageProps {
  readonly node: FlowNode;
  readonly texts: readonly NodeText[];
  readonly language: string;
}

function LanguageTexts({ node, texts, language }: LanguageProps) {
  const name = useLanguageName()(language);
  return (
    <section data-pointer={`/locales/${language}`}>
      <h3>
        {name} · <code>{language}</code>
      </h3>
      {texts.map((text) => (
        <TranslatedText key={text.pointer} node={node} text={text} language={language} />
      ))}
    </section>
  );
}

function TranslatedText({ node, text, language }: Omit<LanguageProps, 'texts'> & { readonly text: NodeText }) {
  const { store, say, isReadOnly } = useEditor();
  const translation = translationOf(node, language, text);
  const { pointer, labels, source, rows = 1 } = text;
  const write = (written: string) =>
    store
      .getState()
      .change(
        say('Translate a text'),
        setTranslation(node.id, { language, text, translation: written }),
        `${node.id} ${language} ${pointer}`,
      );
  const before = translation?.before;
  return (
    <Textarea
      data-pointer={`/locales/${language}/${pointer.replaceAll('~', '~0').replaceAll('/', '~1')}`}
      label={labels.map((label) => say(label)).join(' · ')}
      description={<span dir="auto">{source}</span>}
      error={before === undefined ? undefined : say('The text has changed. It was: {text}', { text: before })}
      placeholder={say('Not translated yet')}
      autosize
      minRows={Math.min(rows, 2)}
      maxRows={10}
      dir="auto"
      lang={language}
      value={translation?.text ?? ''}
      readOnly={isReadOnly}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

/** A field for the tag of another language. It is in the flow as soon as a text is translated into it. */
function AddLanguage({ onAdd }: { readonly onAdd: (language: string) => void }) {
  const { say } = useEditor();
  const { language: own } = useLanguage();
  const list = useId();
  const [tag, setTag] = useState('');
  const canonical = canonicalTag(tag);
  const add = () => {
    if (canonical === undefined) return;
    onAdd(canonical);
    setTag('');
  };
  return (
    <form
      className="panel-languages-add"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextInput
        aria-label={say('Code of a language')}
        placeholder={say('Code of a language')}
        list={list}
        value={tag}
        onChange={(event) => setTag(event.currentTarget.value)}
      />
      <datalist id={list}>
        {languagePicks(own).map(({ value, detail }) => (
          <option key={value} value={value} label={detail} />
        ))}
      </datalist>
      <Button type="submit" variant="default" disabled={canonical === undefined}>
        {say('Add language')}
      </Button>
    </form>
  );
}

function canonicalTag(text: string): string | undefined {
  const tag = text.trim().replaceAll('_', '-');
  if (!/^[a-z]{2,3}(-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Returns the function that names a language in the language of the person. */
function useLanguageName(): (language: string) => string {
  const { language: own } = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames(own, { type: 'language' });
    return (language) => {
      const tag = canonicalTag(language);
      return tag === undefined ? language : (names.of(tag) ?? language);
    };
  }, [own]);
}
