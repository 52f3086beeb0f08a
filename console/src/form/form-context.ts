import type { ChannelLimits } from '../../../src/contract/channel-adapter.js';
import type { FlowDefinition, NodeId } from '../../../src/contract/flow.js';
import type { Platform } from '../../../src/contract/message.js';
import type { Shape } from '../../../src/contract/shape.js';

/** What the fields of a form must know of the flow and of the installation. A form is drawn without any of it, too: see `NO_CONTEXT`. */
export interface FormContext {
  /** The flow when the context last said something else: fields are not drawn again with each change of the flow. */
  readonly flow?: FlowDefinition;
  /** The node whose params the form shows. */
  readonly node?: NodeId;
  /** What templates and expressions can read here, the likely ones first. */
  readonly variables: readonly KnownVariable[];
  /** The types of variables in words: `Number`. */
  readonly typeTitles?: Readonly<Record<string, string>>;
  readonly filters: readonly KnownFilter[];
  readonly operators: readonly KnownOperator[];
  readonly channels: readonly KnownChannel[];
  readonly flows: readonly KnownFlow[];
  readonly adapters: readonly KnownAdapter[];
  readonly isReadOnly?: boolean;
  /** Called for Ctrl Z and Ctrl Shift Z in a field: the undo of the flow is the only one. */
  readonly onUndo?: () => void;
  readonly onRedo?: () => void;
}

/** A variable or an object, as the completion lists it. */
export interface KnownVariable {
  readonly name: string;
  /** `text`, `number` and so on, or `object`; absent if any value is possible. */
  readonly type?: string;
  /** The type in words: `Number`. */
  readonly typeTitle?: string;
  /** Where its value comes from, in words: `flow`, `message`, the name of a node. */
  readonly origin?: string;
  /** It is given by Parley, so that nothing can be saved in it. */
  readonly isGiven?: boolean;
  readonly sentence?: string;
  /** What is in an object or a list. */
  readonly shape?: Shape;
}

/** A filter of templates. */
export interface KnownFilter {
  readonly name: string;
  readonly sentence?: string;
  readonly example?: string;
}

/** An operator of conditions. */
export interface KnownOperator {
  readonly name: string;
  readonly title: string;
  /** The type of the values that it compares; `any` if all. */
  readonly of: string;
  /** What stands on its right side. */
  readonly takes: 'nothing' | 'value' | 'range' | 'list' | 'words' | 'regex' | 'hours';
}

/** A channel to choose. */
export interface KnownChannel {
  readonly id: string;
  readonly name?: string;
  readonly adapter?: string;
  readonly platform?: Platform;
}

/** A flow to choose. */
export interface KnownFlow {
  readonly code: string;
  readonly name?: string;
}

/** A provider with its limits. */
export interface KnownAdapter {
  readonly type: string;
  readonly platform: Platform;
  readonly title: string;
  readonly limits: Pick<ChannelLimits, 'text' | 'caption' | 'bodyWithChoices' | 'header' | 'footer' | 'buttons' | 'list' | 'link'> &
    Partial<ChannelLimits>;
  /** Buttons are a keyboard below the chat, which every message replaces. */
  readonly replacesButtons?: boolean;
}

/** The context of a form that knows nothing of a flow, such as that of a channel. */
export const NO_CONTEXT: FormContext = { variables: [], filters: [], operators: [], channels: [], flows: [], adapters: [] };
