/** A line over the plot area that is dragged by pointer or arrow keys. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Margins, Range } from '../../plots/figure.ts';
import { insetOf } from '../DotsOverlay.tsx';
import { short } from '../format.ts';

interface DragLineProps {
  readonly axis: 'x' | 'y';
  readonly value: number;
  /** Range of the axis of the plot. */
  readonly domain: Range;
  readonly limits: Range;
  readonly label: string;
  readonly margins: Margins;
  readonly onChange: (value: number) => void;
}

const STEP = 0.01;

export function DragLine({ axis, value, domain, limits, label, margins, onChange }: DragLineProps) {
  const area = useRef<HTMLDivElement>(null);
  const share = (value - domain[0]) / (domain[1] - domain[0]);
  const move = (next: number) => onChange(Number(Math.min(limits[1], Math.max(limits[0], next)).toFixed(3)));
  const moveToPointer = (event: PointerEvent) => {
    if (event.type === 'pointermove' && !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = area.current!.getBoundingClientRect();
    const place =
      axis === 'x' ? (event.clientX - box.left) / box.width : (box.bottom - event.clientY) / box.height;
    move(domain[0] + place * (domain[1] - domain[0]));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const sign = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[
      event.key
    ];
    if (sign === undefined) return;
    event.preventDefault();
    move(value + sign * STEP * (event.shiftKey ? 10 : 1));
  };
  return (
    <div
      ref={area}
      className={`plot-area drag-area ${axis}`}
      style={insetOf(margins)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveToPointer(event);
      }}
      onPointerMove={moveToPointer}
    >
      <div
        className="drag-line"
        style={axis === 'x' ? { left: `${100 * share}%` } : { bottom: `${100 * share}%` }}
        role="slider"
        tabIndex={0}
        aria-label={`Asked value of ${label}`}
        aria-orientation={axis === 'x' ? 'horizontal' : 'vertical'}
        aria-valuemin={limits[0]}
        aria-valuemax={limits[1]}
        aria-valuenow={value}
        aria-valuetext={`${label} = ${short(value)}`}
        onKeyDown={onKeyDown}
      >
        <span aria-hidden="true">{`${label} = ${short(value)}`}</span>
      </div>
    </div>
  );
}
