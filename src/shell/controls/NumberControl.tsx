/** A number: slider and entry. The entry takes what a link may hold, the slider what is instructive. */
import { type KeyboardEvent, useId, useState } from 'react';
import { formatValue, limitsOf, type NumberSpec, parseValue } from '../../core/params/params.ts';
import { text } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { ControlRow } from './ControlRow.tsx';
import { neighbour, POSITIONS, positionOf, valueAt } from './position.ts';

interface NumberProps {
  readonly spec: NumberSpec;
  readonly words: SettingWords;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const MOVES: Readonly<Record<string, { direction: 1 | -1; far: boolean }>> = {
  ArrowRight: { direction: 1, far: false },
  ArrowUp: { direction: 1, far: false },
  ArrowLeft: { direction: -1, far: false },
  ArrowDown: { direction: -1, far: false },
  PageUp: { direction: 1, far: true },
  PageDown: { direction: -1, far: true },
};

export function NumberControl({ spec, words, value, onChange }: NumberProps) {
  const id = useId();
  const help = `${id}-help`;
  const unit = spec.unit ? ` ${spec.unit}` : '';
  const position = positionOf(spec, value);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    onChange(neighbour(spec, value, move.direction, move.far));
  };
  return (
    <ControlRow spec={spec} words={words} inputId={id} helpId={help}>
      <NumberEntry id={id} help={help} spec={spec} value={value} onChange={onChange} />
      <span className="unit">{spec.unit}</span>
      <input
        type="range"
        className="slider"
        min={0}
        max={POSITIONS}
        value={position}
        style={{ '--share': `${(100 * position) / POSITIONS}%` } as React.CSSProperties}
        aria-label={words.label}
        aria-valuetext={`${formatValue(value)}${unit}`}
        aria-describedby={help}
        onKeyDown={onKeyDown}
        onChange={(event) => onChange(valueAt(spec, event.target.valueAsNumber))}
      />
    </ControlRow>
  );
}

function NumberEntry(props: Omit<NumberProps, 'words'> & { id: string; help: string }) {
  const { id, help, spec, value, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== '') {
      const parsed = parseValue(spec, draft.replace(',', '.').replace('−', '-'));
      if (Number.isFinite(Number(draft)) || !parsed.problem) onChange(parsed.value as number);
    }
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') setDraft(null);
  };
  const [low, high] = limitsOf(spec);
  return (
    <input
      id={id}
      className="entry"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={draft ?? formatValue(value)}
      title={text.controls.range(formatValue(low), formatValue(high))}
      aria-describedby={help}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
