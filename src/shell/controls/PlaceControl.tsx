/** A place: one of the minima by name, or coordinates that are typed. */
import { useId } from 'react';
import type { TextSpec } from '../../core/params/params.ts';
import type { StationaryPoint } from '../../core/systems/contract.ts';
import { text } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { Choice } from './ChoiceControl.tsx';
import { ControlRow } from './ControlRow.tsx';
import { TextControl } from './TextControl.tsx';

interface PlaceProps {
  readonly spec: TextSpec;
  readonly words: SettingWords;
  readonly value: string;
  readonly places: readonly StationaryPoint[];
  readonly onChange: (value: string) => void;
}

const TYPED = ' typed';
const AUTOMATIC = '';

export function PlaceControl({ spec, words, value, places, onChange }: PlaceProps) {
  const id = useId();
  const named = value === AUTOMATIC || places.some(({ name }) => name === value);
  const options = [
    ...(spec.default === AUTOMATIC
      ? [{ id: AUTOMATIC, label: places.length > 1 ? text.controls.deepestOtherWell : text.controls.none }]
      : []),
    ...places.map(({ name }) => ({ id: name, label: name })),
    { id: TYPED, label: text.controls.customPlace },
  ];
  const choose = (chosen: string) => {
    if (chosen !== TYPED) onChange(chosen);
    else if (named)
      onChange((places.find(({ name }) => name === value) ?? places[0])?.at.map(tidy).join(',') ?? value);
  };
  return (
    <>
      <ControlRow spec={AS_CHOICE} words={words} labelId={`${id}-label`} helpId={`${id}-help`}>
        <Choice
          options={options}
          value={named ? value : TYPED}
          onChange={choose}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-help`}
        />
      </ControlRow>
      {!named && (
        <TextControl
          spec={spec}
          words={{ ...words, label: text.controls.coordinatesOf(words.label) }}
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}

/** Laid out as a choice. */
const AS_CHOICE = { kind: 'choice' } as const;

function tidy(value: number): number {
  return Number(value.toFixed(3));
}
