import { Alert, Button, Group, Paper, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { FlowDefinition, Trigger } from '../../../../src/contract/flow.js';
import { read } from '../../api/client.js';
import { createFlow, type FlowSource, settingsHere } from '../../api/flows.js';
import { mayEdit, useWho } from '../../api/who.js';
import { Empty } from '../../look/Empty.js';
import { Failed } from '../../look/Failed.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { FileDrop } from './FileDrop.js';
import { GraphPreview } from './GraphPreview.js';
import { useImport } from './use-import.js';
import './new.css';

/** The three ways to a new flow: an empty canvas, a file, a template. */
export function NewPage() {
  const say = useSay();
  const importing = useImport();
  const { create, error } = useCreate();
  const who = useWho();
  if (who && !mayEdit(who)) {
    return (
      <>
        <header className="page-head">
          <h1>{say('New flow')}</h1>
        </header>
        <Empty
          icon="pencil"
          title={say('New flows are for editors')}
          sentence={say('Your key can only view. Ask an admin for a key that can edit.')}
        />
      </>
    );
  }
  return (
    <FileDrop onFile={importing.take}>
      <header className="page-head">
        <h1>{say('New flow')}</h1>
      </header>
      {importing.shown}
      {error ? <Failed error={error} /> : null}
      <div className="new-doors">
        <Blank create={create} />
        <Paper component="section" withBorder radius="lg" p="lg" aria-labelledby="door-file">
          <h2 id="door-file">
            <Icon name="file-import" /> {say('From a file')}
          </h2>
          <p>{say('A flow file that was exported here or elsewhere. You can also drop it anywhere on this page.')}</p>
          <Button variant="default" onClick={importing.choose}>
            {say('Choose a file')}
          </Button>
        </Paper>
      </div>
      <Templates create={create} />
    </FileDrop>
  );
}

type Create = (source: FlowSource) => Promise<void>;

/** Returns the function that creates a flow and opens it, and what went wrong with it. */
function useCreate(): { readonly create: Create; readonly error: Error | undefined } {
  const navigate = useNavigate();
  const [error, setError] = useState<Error>();
  const create = async (source: FlowSource) => {
    setError(undefined);
    try {
      const { code } = await createFlow(source);
      await navigate({ to: '/flows/$code', params: { code } });
    } catch (failure) {
      setError(failure as Error);
    }
  };
  return { create, error };
}

/** What can start a flow from the first day on: the choices of the form for a blank one. */
const STARTS = [
  { type: 'TriggeredByWhatsApp', title: 'A message on WhatsApp', icon: 'brand-whatsapp' },
  { type: 'TriggeredByViber', title: 'A message on Viber', icon: 'message-circle-question' },
  { type: 'TriggeredManually', title: 'An API call or a campaign', icon: 'webhook' },
  { type: 'TriggeredByFlow', title: 'Another flow', icon: 'sitemap' },
] as const;
type StartType = (typeof STARTS)[number]['type'];

/** Asks for the name, what starts the flow, and a remark. */
function Blank({ create }: { readonly create: Create }) {
  const say = useSay();
  const [name, setName] = useState('');
  const [remark, setRemark] = useState('');
  const [start, setStart] = useState<StartType>('TriggeredByWhatsApp');
  const [keywords, setKeywords] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const hasKeywords = start === 'TriggeredByWhatsApp' || start === 'TriggeredByViber';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const trigger: Trigger = hasKeywords && keywords.length > 0 ? { type: start, match: { keywords } } : { type: start };
    await create({ name: name.trim(), remark: remark.trim(), triggers: [trigger], settings: settingsHere() });
    setBusy(false);
  };
  return (
    <Paper component="form" withBorder radius="lg" p="lg" onSubmit={(event: FormEvent) => void submit(event)} aria-labelledby="door-blank">
      <h2 id="door-blank">
        <Icon name="pencil" /> {say('An empty canvas')}
      </h2>
      <Stack gap="md">
        <TextInput
          label={say('Name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          dir="auto"
        />
        <fieldset className="new-starts">
          <legend>{say('What starts it')}</legend>
          {STARTS.map(({ type, title, icon }) => (
            <label key={type} data-chosen={start === type || undefined}>
              <input type="radio" name="start" value={type} checked={start === type} onChange={() => setStart(type)} />
              <Icon name={icon} /> {say(title)}
            </label>
          ))}
        </fieldset>
        {hasKeywords ? (
          <TagsInput
            label={say('Words that start it')}
            description={say('Press Enter after each. Without any, every message starts it.')}
            value={keywords}
            onChange={setKeywords}
            maxTags={50}
          />
        ) : null}
        <Textarea
          label={say('Remark')}
          description={say('What the flow is for. Shown in the list of flows.')}
          value={remark}
          onChange={(event) => setRemark(event.currentTarget.value)}
          autosize
          minRows={1}
          maxLength={2000}
          dir="auto"
        />
        <Group>
          <Button type="submit" color="ink" loading={isBusy} disabled={name.trim() === ''}>
            {say('Begin to draw')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly remark: string;
  /** The ids of the templates whose flows it needs. */
  readonly related: readonly string[];
}

/** The gallery: each template with its graph. */
function Templates({ create }: { readonly create: Create }) {
  const say = useSay();
  const templates = useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => read<{ items: TemplateRow[] }>('/templates', signal) });
  if (templates.error) return <Failed error={templates.error} again={() => void templates.refetch()} />;
  return (
    <section aria-labelledby="door-templates">
      <h2 id="door-templates" className="new-title">
        {say('From a template')}
      </h2>
      {templates.data?.items.length === 0 ? <Alert>{say('There are no templates.')}</Alert> : null}
      <div className="new-templates">
        {templates.data?.items.map((template, _, all) => (
          <TemplateCard key={template.id} template={template} all={all} create={create} />
        ))}
      </div>
    </section>
  );
}

interface CardProps {
  readonly template: TemplateRow;
  readonly all: readonly TemplateRow[];
  readonly create: Create;
}

function TemplateCard({ template: { id, name, remark, related }, all, create }: CardProps) {
  const say = useSay();
  const flows = all.filter((one) => related.includes(one.id)).map((one) => `“${say(one.name)}”`);
  const whole = useQuery({
    queryKey: ['template', id],
    queryFn: ({ signal }) => read<{ definition: FlowDefinition }>(`/templates/${id}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [isBusy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    await create({ template: id, related: true, settings: settingsHere() });
    setBusy(false);
  };
  return (
    <Paper component="article" withBorder radius="lg" className="template-card" aria-label={say(name)}>
      <div className="template-graph">{whole.data ? <GraphPreview flow={whole.data.definition} /> : null}</div>
      <div className="template-words">
        <h3>{say(name)}</h3>
        <p>{say(remark)}</p>
        {flows.length > 0 ? <p>{say('Needs {flows}. What is missing is created as well.', { flows: flows.join(', ') })}</p> : null}
        <Button variant="default" size="xs" loading={isBusy} onClick={() => void take()}>
          {say('Take this template')}
        </Button>
      </div>
    </Paper>
  );
}
