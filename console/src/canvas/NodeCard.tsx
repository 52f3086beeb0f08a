import { Handle, type NodeProps, Position } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { useEditor } from '../editor/editor-context.js';
import type { Block } from '../flow/block.js';
import type { Card, CardPort } from '../flow/card.js';
import type { Piece } from '../flow/pieces.js';
import { CARD, linesOf, type Measure } from '../flow/size.js';
import { Icon } from '../look/Icon.js';
import { Glyph } from './Glyph.js';
import type { CardModel } from './models.js';

/** A node as the conversation shows it: its words, its choices, what it does, and its ways out. */
export const NodeCard = memo(function NodeCard({ data, isConnectable }: NodeProps<CardModel>) {
  const { card, size, handles } = data.drawn;
  const isPill = card.shape === 'pill';
  const ways = [...(card.head ? [card.head] : []), ...(isPill ? card.rows : [])];
  return (
    <div className={isPill ? 'card card-pill' : 'card'} data-group={card.group} style={{ width: size.width, height: size.height }}>
      {handles.some(({ type }) => type === 'target') ? (
        <Handle type="target" position={Position.Left} className="entry" style={{ top: size.entry.y }} isConnectableStart={false} />
      ) : null}
      <Head data={data} />
      {isPill || card.body.length === 0 ? null : <Body card={card} />}
      {isPill || card.rows.length === 0 ? null : <Rows card={card} data={data} isConnectable={isConnectable} />}
      {ways.map((port) => (
        <Way key={port.name} port={port} data={data} isConnectable={isConnectable} />
      ))}
      {card.failures.map((port) => (
        <Failure key={port.name} port={port} data={data} isConnectable={isConnectable} />
      ))}
    </div>
  );
});

type Data = CardModel['data'];
interface PortProps {
  readonly port: CardPort;
  readonly data: Data;
  readonly isConnectable: boolean;
}

function Head({ data: { drawn, errors, warnings } }: { readonly data: Data }) {
  const { card } = drawn;
  const { say } = useEditor();
  const count = errors || warnings;
  return (
    <div className="card-head">
      {card.shape === 'pill' ? <Icon name={card.icon} size={CARD.pill.icon} /> : <Glyph icon={card.icon} group={card.group} />}
      <div className="card-titles">
        <div className="card-title" dir="auto">
          {card.title}
        </div>
        {card.typeTitle && card.shape === 'card' ? <div className="card-type">{card.typeTitle}</div> : null}
      </div>
      {count > 0 ? (
        <span
          className="card-problems"
          data-severity={errors > 0 ? 'error' : 'warning'}
          title={say('{count, plural, one {# problem} other {# problems}}', { count })}
        >
          {count}
        </span>
      ) : null}
    </div>
  );
}

function Body({ card }: { readonly card: Card }) {
  const { measure } = useEditor();
  return (
    <div className="card-body">
      {card.body.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name
        <BlockOf key={i} block={block} measure={measure} />
      ))}
    </div>
  );
}

function BlockOf({ block, measure }: { readonly block: Block; readonly measure: Measure }) {
  const { say } = useEditor();
  switch (block.kind) {
    case 'picture':
      return <Picture block={block} />;
    case 'bubble':
      return (
        <div className="card-bubble">
          <div className="card-lines" dir="auto" style={clampedTo(linesOf(block, measure))}>
            {block.pieces.length === 0 ? <span className="card-blank">{say('No text yet')}</span> : <Pieces pieces={block.pieces} />}
          </div>
        </div>
      );
    case 'line':
      return (
        <div className="card-lines" dir="auto" style={clampedTo(linesOf(block, measure))}>
          <Pieces pieces={block.pieces} />
        </div>
      );
    case 'choices':
      return (
        <>
          {block.titles.map((title, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: choices may have the same title
            <div key={i} className="card-choice" dir="auto">
              <Pieces pieces={title} />
            </div>
          ))}
          {block.more > 0 ? <div className="card-choice card-more">{say('{count} more', { count: block.more })}</div> : null}
        </>
      );
  }
}

function Picture({ block }: { readonly block: Extract<Block, { kind: 'picture' }> }) {
  return (
    <div className="card-picture">
      <Icon name={block.icon} size={22} />
      {block.icon === 'photo' && block.url?.startsWith('https://') ? (
        <img
          src={block.url}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          draggable={false}
          onError={(event) => event.currentTarget.remove()}
        />
      ) : null}
    </div>
  );
}

function clampedTo(lines: number): CSSProperties {
  return { WebkitLineClamp: lines, height: lines * CARD.line };
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return pieces.map((piece, i) =>
    'variable' in piece ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
      <span key={i} className="card-variable">
        {piece.variable}
      </span>
    ) : piece.isStrong ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same
      <strong key={i}>{piece.text}</strong>
    ) : (
      piece.text
    ),
  );
}

function Rows({ card, data, isConnectable }: { readonly card: Card; readonly data: Data; readonly isConnectable: boolean }) {
  return (
    <div className="card-rows">
      {card.rows.map((port) => (
        <div key={port.name} className="card-row" data-kind={port.kind}>
          {port.condition ? (
            <span className="card-condition">
              <Pieces pieces={port.condition} />
            </span>
          ) : null}
          <span className="card-row-title" dir="auto">
            {port.title}
          </span>
          <Way port={port} data={data} isConnectable={isConnectable} />
        </div>
      ))}
    </div>
  );
}

/** A dot at the right border. */
function Way({ port, data, isConnectable }: PortProps) {
  const { linked, drawn } = data;
  const { card, size } = drawn;
  const isRow = card.shape === 'card' && card.head === undefined;
  return (
    <Handle
      id={port.name}
      type="source"
      position={Position.Right}
      className="dot"
      data-kind={port.kind}
      data-linked={linked.has(port.name) || undefined}
      title={isRow ? undefined : port.title}
      isConnectable={isConnectable}
      isConnectableEnd={false}
      style={isRow ? undefined : { top: size.handles.get(port.name)?.y }}
    />
  );
}

/** A dot at the lower border with its word below it, shown when it is in use, and when the card is. */
function Failure({ port, data, isConnectable }: PortProps) {
  const { linked, drawn } = data;
  return (
    <Handle
      id={port.name}
      type="source"
      position={Position.Bottom}
      className="dot"
      data-kind="failure"
      data-linked={linked.has(port.name) || undefined}
      isConnectable={isConnectable}
      isConnectableEnd={false}
      style={{ left: drawn.size.handles.get(port.name)?.x }}
    >
      <span className="dot-word">{port.title}</span>
    </Handle>
  );
}
