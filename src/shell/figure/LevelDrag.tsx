/** The curve of states with the asked value, dragged by pointer or arrow keys: the value follows the place. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Margins, Range } from '../../plots/figure.ts';
import { short } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { insetOf } from './DotsOverlay.tsx';
import { endsOf, type Place, type Segment } from './level-curve.ts';

interface LevelDragProps {
  readonly segments: readonly Segment[];
  /** Of a second value, which is not dragged here. */
  readonly others: readonly Segment[];
  readonly value: number;
  readonly limits: Range;
  readonly domain: readonly Range[];
  readonly label: string;
  readonly margins: Margins;
  /** The slow variable at a place. */
  readonly valueAt: (place: Place) => number;
  readonly onChange: (value: number) => void;
}

const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};
/** Share of the range that a key moves. */
const STEP = 0.0025;

export function LevelDrag(props: LevelDragProps) {
  const { segments, others, value, limits, domain, label, margins, valueAt, onChange } = props;
  const area = useRef<HTMLDivElement>(null);
  const move = (next: number) => {
    if (!Number.isFinite(next)) return;
    onChange(Number(Math.min(limits[1], Math.max(limits[0], next)).toFixed(3)));
  };
  const moveToPointer = (event: PointerEvent) => {
    if (event.type === 'pointermove' && !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = area.current!.getBoundingClientRect();
    const [[x0, x1], [y0, y1]] = domain;
    move(
      valueAt([
        x0 + ((event.clientX - box.left) / box.width) * (x1 - x0),
        y0 + ((box.bottom - event.clientY) / box.height) * (y1 - y0),
      ]),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = KEYS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    move(value + steps * (event.shiftKey ? 10 : 1) * STEP * (limits[1] - limits[0]));
  };
  return (
    <div
      ref={area}
      className="plot-area level-drag"
      style={insetOf(margins)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        moveToPointer(event);
      }}
      onPointerMove={moveToPointer}
    >
      <Curves segments={segments} others={others} domain={domain} />
      <Handles
        segments={segments}
        domain={domain}
        label={`${label} = ${short(value)}`}
        slider={{
          'aria-label': text.parts.requestedValue(label),
          'aria-valuemin': limits[0],
          'aria-valuemax': limits[1],
          'aria-valuenow': value,
          'aria-valuetext': `${label} = ${short(value)}`,
          onKeyDown,
        }}
      />
    </div>
  );
}

function Curves({ segments, others, domain }: Pick<LevelDragProps, 'segments' | 'others' | 'domain'>) {
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path className="other" d={pathOf(others, domain)} />
      <path d={pathOf(segments, domain)} />
    </svg>
  );
}

interface HandlesProps extends Pick<LevelDragProps, 'segments' | 'domain' | 'label'> {
  readonly slider: React.AriaAttributes & { readonly onKeyDown: (event: KeyboardEvent) => void };
}

/** The value at the upper end of the curve, what is held at the lower one. Keys work when no state in sight has the value, too. */
function Handles({ segments, domain, label, slider }: HandlesProps) {
  const ends = endsOf(segments);
  const [x, y] = ends ? percentOf(ends.bottom, domain) : [50, 100];
  const [left, top] = ends ? percentOf(ends.top, domain) : [50, 0];
  return (
    <>
      <div
        className="level-handle"
        // Within the picture: below it are the numbers of the axis.
        style={{ left: `${x}%`, top: `min(${y}%, 100% - 10px)` }}
        role="slider"
        tabIndex={0}
        aria-valuenow={slider['aria-valuenow']}
        {...slider}
      />
      <span
        className="level-label"
        // Kept within the picture at its left and right edges.
        style={{ left: `${left}%`, top: `${top}%`, transform: `translate(${-left}%, 6px)` }}
        aria-hidden="true"
      >
        {label}
      </span>
    </>
  );
}

function pathOf(segments: readonly Segment[], domain: readonly Range[]): string {
  const text = (place: Place) =>
    percentOf(place, domain)
      .map((v) => v.toFixed(2))
      .join(' ');
  return segments.map(([p, q]) => `M${text(p)}L${text(q)}`).join('');
}

function percentOf([x, y]: Place, [[x0, x1], [y0, y1]]: readonly Range[]): [number, number] {
  return [(100 * (x - x0)) / (x1 - x0), (100 * (y1 - y)) / (y1 - y0)];
}
