import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete';
import { standardKeymap } from '@codemirror/commands';
import { Annotation, Compartment, EditorState, type Extension, Prec, type Range } from '@codemirror/state';
import { Decoration, EditorView, keymap, placeholder, tooltips, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { FormContext } from '../form-context.js';
import { type Completion, completionsAt } from './completion.js';
import { editorLook } from './editor-look.js';
import type { EditorProps } from './editor-props.js';
import { templateRanges } from './template-ranges.js';

/** A change that came from outside, so that it is not reported back. */
const fromOutside = Annotation.define<boolean>();

/** The editor of a text with templates: completion, pills, one line or several. Its undo is the form's. */
export default function TemplateEditor(props: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const changing = useRef(new Compartment());
  useEffect(() => {
    if (!place.current) return undefined;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [constantExtensions(latest), changing.current.of(changingExtensions(latest.current))],
      }),
    });
    view.current = made;
    if (latest.current.hasFocus) made.focus();
    return () => made.destroy();
  }, []);
  const { value, isReadOnly, placeholder: example, named } = props;
  const describedBy = named['aria-describedby'];
  const isInvalid = named['aria-invalid'];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rest of the props is read when it is needed
  useEffect(() => {
    view.current?.dispatch({ effects: changing.current.reconfigure(changingExtensions(latest.current)) });
  }, [isReadOnly, example, describedBy, isInvalid]);
  useEffect(() => {
    const now = view.current;
    const change = now && changeTo(now.state.doc.toString(), value);
    if (now && change && !latest.current.isSame(now.state.doc.toString()))
      now.dispatch({ changes: change, annotations: fromOutside.of(true) });
  }, [value]);
  return (
    <div
      ref={place}
      id={named.id}
      className="template"
      data-invalid={isInvalid || undefined}
      data-mono={props.isMono || undefined}
      data-plain={props.isPlain || undefined}
    />
  );
}

/** Returns the smallest change from one text to another, so that the cursor stays where it is. */
function changeTo(was: string, is: string): { from: number; to: number; insert: string } | undefined {
  if (was === is) return undefined;
  const shorter = Math.min(was.length, is.length);
  let from = 0;
  while (from < shorter && was[from] === is[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  return { from, to: was.length - tail, insert: is.slice(from, is.length - tail) };
}

type Latest = { readonly current: EditorProps };

function constantExtensions(latest: Latest): Extension {
  const { rows, language } = latest.current;
  return [
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    rows === undefined ? oneLine(() => latest.current.onEnter()) : [],
    language === 'plain' ? [] : [pills(language), leave, completion(latest)],
    keymap.of([...(language === 'plain' ? [] : completionKeymap), ...standardKeymap]),
    tooltips({ parent: document.body, position: 'fixed' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside)))
        latest.current.onChange(update.state.doc.toString());
    }),
    editorLook(rows),
  ];
}

/** Escape closes the list if there is one. A list that is only being looked for does not keep the keyboard in the field. */
const leave: Extension = Prec.highest(
  keymap.of([
    {
      key: 'Escape',
      run(view) {
        if (completionStatus(view.state) === 'pending') closeCompletion(view);
        return false;
      },
    },
  ]),
);

function changingExtensions({ isReadOnly, placeholder: words, named, language }: EditorProps): Extension {
  const { id: _, ...attributes } = named;
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    words === '' ? [] : placeholder(words),
    EditorView.contentAttributes.of({
      ...Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
      dir: 'auto',
      spellcheck: language === 'template' ? 'true' : 'false',
      ...(isReadOnly ? { tabindex: '0', 'aria-readonly': 'true' } : {}),
    }),
  ];
}

/** Line breaks that are pasted become blanks; Enter writes none. */
const oneLine = (onEnter: () => void): Extension => [
  EditorState.transactionFilter.of((transaction) =>
    transaction.newDoc.lines > 1 && transaction.docChanged && !transaction.annotation(fromOutside) ? [flattened(transaction)] : transaction,
  ),
  keymap.of([{ key: 'Enter', run: (view) => acceptCompletion(view) || entered(onEnter) }]),
];

function entered(onEnter: () => void): true {
  onEnter();
  return true;
}

function flattened(transaction: { readonly startState: EditorState; readonly newDoc: { toString(): string } }) {
  const changes = changeTo(transaction.startState.doc.toString(), transaction.newDoc.toString().replaceAll(/\r?\n/g, ' '));
  return changes ? { changes, selection: { anchor: changes.from + changes.insert.length } } : {};
}

function completion(latest: Latest): Extension {
  return [
    autocompletion({
      override: [(at: CompletionContext) => completionsFor(at, latest.current)],
      icons: false,
      activateOnTyping: true,
      // Whoever types fast means the list, not a line break.
      interactionDelay: 0,
      maxRenderedOptions: 60,
      optionClass: () => 'template-option',
    }),
    // An expression is a name as a rule: one that is still empty shows what there is.
    EditorView.domEventHandlers({
      focus: (_, view) => {
        if (latest.current.language === 'expression' && view.state.doc.length === 0 && !latest.current.isReadOnly)
          setTimeout(() => startCompletion(view));
      },
    }),
  ];
}

function completionsFor(at: CompletionContext, { language, context }: EditorProps): CompletionResult | null {
  const text = at.state.doc.toString();
  const found = completionsAt(
    text,
    { position: at.pos, language: language === 'expression' ? 'expression' : 'template' },
    context as FormContext,
  );
  if (!found || found.options.length === 0) return null;
  return {
    from: found.from,
    to: found.to,
    options: found.options.map((one, i) => optionOf(one, i)),
    validFor: /^\w*$/,
  };
}

function optionOf({ label, detail, sentence, written }: Completion, i: number) {
  return { label, detail, apply: written, boost: Math.max(-50, -i), ...(sentence ? { info: sentence } : {}) };
}

/** Draws templates as pills. They stay text, so that the cursor, the keyboard and a screen reader go through them as usual. */
function pills(language: EditorProps['language']): Extension {
  const pill = Decoration.mark({ class: 'template-pill' });
  const tag = Decoration.mark({ class: 'template-tag' });
  const open = Decoration.mark({ class: 'template-open' });
  const brace = Decoration.mark({ class: 'template-brace' });
  const decorate = (text: string) => {
    const ranges = language === 'expression' ? [] : templateRanges(text);
    return Decoration.set(
      ranges.flatMap(({ from, to, kind, isClosed }): Range<Decoration>[] => {
        const whole = (isClosed ? (kind === 'output' ? pill : tag) : open).range(from, to);
        return isClosed ? [whole, brace.range(from, from + 2), brace.range(to - 2, to)] : [whole];
      }),
      true,
    );
  };
  return ViewPlugin.define(
    (view) => ({
      decorations: decorate(view.state.doc.toString()),
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = decorate(update.state.doc.toString());
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );
}
