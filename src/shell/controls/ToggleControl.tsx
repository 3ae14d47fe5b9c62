import { useId } from 'react';
import type { ToggleSpec } from '../../core/params/params.ts';
import type { SettingWords } from '../../text/language.ts';
import { ControlRow } from './ControlRow.tsx';

interface ToggleProps {
  readonly spec: ToggleSpec;
  readonly words: SettingWords;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function ToggleControl({ spec, words, value, onChange }: ToggleProps) {
  const id = useId();
  return (
    <ControlRow spec={spec} words={words} inputId={id} helpId={`${id}-help`}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={value}
        aria-checked={value}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.checked)}
      />
    </ControlRow>
  );
}
