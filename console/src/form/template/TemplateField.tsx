import { lazy, Suspense, useState } from 'react';
import { useFormView } from '../form-view.js';
import type { Named } from '../Labelled.js';
import type { EditorProps } from './editor-props.js';
import { loadTemplateEditor } from './load-editor.js';
import { templateRanges } from './template-ranges.js';

const TemplateEditor = lazy(loadTemplateEditor);

interface Props
  extends Pick<EditorProps, 'value' | 'onChange'>,
    Partial<Pick<EditorProps, 'isSame' | 'language' | 'rows' | 'placeholder' | 'isMono' | 'isPlain' | 'onEnter'>> {
  readonly named: Named;
}

/**
 * A text field with templates. `{{` opens the list of variables, a bar that of filters; Tab leaves it. The editor is loaded with the first
 * such field; until it is there, the text stands in its place.
 *
 * @example <TemplateField named={named} value={text} onChange={write} rows={3} />
 */
export function TemplateField({
  value,
  onChange,
  named,
  isSame = () => false,
  language = 'template',
  rows,
  placeholder = '',
  isMono = false,
  isPlain = false,
  onEnter = nothing,
}: Props) {
  const { context } = useFormView();
  const [hasFocus, setFocus] = useState(false);
  return (
    <Suspense
      fallback={
        // biome-ignore lint/a11y/noStaticElementInteractions: it becomes a text field in a moment
        <div
          className="template"
          id={named.id}
          data-mono={isMono || undefined}
          data-plain={isPlain || undefined}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the same
          tabIndex={0}
          onFocus={() => setFocus(true)}
        >
          <Waiting text={value} rows={rows ?? 1} />
        </div>
      }
    >
      <TemplateEditor
        value={value}
        onChange={onChange}
        named={named}
        isSame={isSame}
        language={language}
        rows={rows}
        placeholder={placeholder}
        isMono={isMono}
        isPlain={isPlain}
        onEnter={onEnter}
        isReadOnly={context.isReadOnly ?? false}
        hasFocus={hasFocus}
        context={context}
      />
    </Suspense>
  );
}

function nothing(): void {}

/** The text as the editor will show it. */
function Waiting({ text, rows }: { readonly text: string; readonly rows: number }) {
  const ranges = templateRanges(text);
  return (
    <div className="template-waiting" dir="auto" style={{ minHeight: rows * 20 }}>
      {ranges.map(({ from, to, kind }, i) => (
        <span key={from}>
          {text.slice(ranges[i - 1]?.to ?? 0, from)}
          <span className={kind === 'output' ? 'template-pill' : 'template-tag'}>{text.slice(from, to)}</span>
        </span>
      ))}
      {text.slice(ranges.at(-1)?.to ?? 0)}
    </div>
  );
}
