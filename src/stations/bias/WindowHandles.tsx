/** Umbrella windows as handles below the free energy: dragged, moved by keys, added by a double click, removed by Delete. */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Margins, Range } from '../../plots/figure.ts';
import { insetOf } from '../../shell/figure/DotsOverlay.tsx';
import { toast } from '../../shell/frame/Toast.tsx';
import { useStore } from '../../shell/store.ts';
import { text } from '../../text/index.ts';
import { added, moved, removed, type WindowSettings, widestGap } from './window-settings.ts';

/** Step of an arrow key, as a share of the range. */
const KEY_STEP = 0.005;
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};

const words = text.bias.windows;

interface HandlesProps {
  readonly windows: WindowSettings;
  /** Spring constant of each window, where it is known. */
  readonly springs: readonly (number | undefined)[];
  /** Range of the axis. */
  readonly shown: Range;
  readonly margins: Margins;
  readonly cv: string;
  readonly selected: number | null;
  readonly select: (index: number | null) => void;
}

export function WindowHandles(props: HandlesProps) {
  const { windows, shown, margins, selected, select } = props;
  const changeAll = useStore((store) => store.changeAll);
  const area = useRef<HTMLDivElement>(null);
  const placeOf = (clientX: number) => {
    const box = area.current!.getBoundingClientRect();
    return shown[0] + ((clientX - box.left) / box.width) * (shown[1] - shown[0]);
  };
  const remove = (index: number) => {
    if (windows.centers.length < 2) return;
    changeAll(removed(windows, index));
    select(Math.min(index, windows.centers.length - 2));
    toast(words.removed);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields of a form
    <div
      ref={area}
      className="plot-area window-handles"
      style={insetOf(margins)}
      role="group"
      aria-label={words.group}
      title={words.addHint}
      onDoubleClick={(event) => {
        if (windows.centers.length < windows.most) changeAll(added(windows, placeOf(event.clientX)));
      }}
    >
      {windows.centers.map((center, index) => (
        <Handle
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is its place in the list; its centre changes while it is dragged
          key={index}
          {...props}
          index={index}
          center={center}
          placeOf={placeOf}
          remove={() => remove(index)}
          chosen={selected === index}
        />
      ))}
    </div>
  );
}

interface HandleProps extends HandlesProps {
  readonly index: number;
  readonly center: number;
  readonly placeOf: (clientX: number) => number;
  readonly remove: () => void;
  readonly chosen: boolean;
}

function Handle({
  windows,
  springs,
  shown,
  cv,
  select,
  index,
  center,
  placeOf,
  remove,
  chosen,
}: HandleProps) {
  const changeAll = useStore((store) => store.changeAll);
  const change = useStore((store) => store.change);
  /** Where the hand holds it: the settings change when it lets go. */
  const [held, setHeld] = useState<number | null>(null);
  const [low, high] = windows.limits;
  const at = held ?? center;
  const clamp = (value: number) => Math.min(high, Math.max(low, value));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = KEYS[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') remove();
    else if (steps !== undefined) {
      const to = center + steps * (event.shiftKey ? 10 : 1) * KEY_STEP * (high - low);
      // One setting, so that repeated keys are one step of the history.
      for (const [key, value] of Object.entries(moved(windows, index, to))) change(key, value);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const drop = (event: PointerEvent) => {
    if (held === null) return;
    setHeld(null);
    const to = clamp(placeOf(event.clientX));
    if (Math.abs(to - center) > 1e-3 * (high - low)) changeAll(moved(windows, index, to));
  };
  const label = words.at(cv, at, springs[index]);
  return (
    <div
      className="window-handle"
      data-chosen={chosen || held !== null}
      style={{ left: `${percentOf(at, shown)}%` }}
      role="slider"
      tabIndex={0}
      aria-label={words.center(index + 1)}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={at}
      aria-valuetext={label}
      onKeyDown={onKeyDown}
      onFocus={() => select(index)}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.focus();
        setHeld(center);
      }}
      onPointerMove={(event) => {
        if (held !== null) setHeld(clamp(placeOf(event.clientX)));
      }}
      onPointerUp={drop}
      onPointerCancel={() => setHeld(null)}
    >
      <i />
      <span aria-hidden="true">{label}</span>
    </div>
  );
}

/** A window beyond the axis waits at its end. */
function percentOf(value: number, [low, high]: Range): number {
  return 100 * Math.min(1, Math.max(0, (value - low) / (high - low)));
}

interface ButtonsProps {
  readonly windows: WindowSettings;
  readonly selected: number | null;
}

/** The same by buttons, for hands and devices that neither double-click nor have a Delete key. */
export function WindowButtons({ windows, selected }: ButtonsProps) {
  const changeAll = useStore((store) => store.changeAll);
  const count = windows.centers.length;
  const removable = selected !== null && selected < count && count > 1;
  return (
    <span className="window-buttons">
      <button
        type="button"
        className="chip"
        title={words.addInGap}
        disabled={count >= windows.most}
        onClick={() => changeAll(added(windows, widestGap(windows)))}
      >
        {words.add}
      </button>
      <button
        type="button"
        className="chip"
        title={words.removeHint}
        disabled={!removable}
        onClick={() => selected !== null && changeAll(removed(windows, selected))}
      >
        {words.remove(removable ? selected + 1 : null)}
      </button>
    </span>
  );
}
