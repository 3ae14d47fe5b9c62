import { useId, useState } from 'react';
import type { TextSpec } from '../../core/params.ts';
import { ControlRow } from './ControlRow.tsx';

interface TextProps {
  readonly spec: TextSpec;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A text that is taken over when it is in order; one that is not stays in the field, with the reason below. */
export function TextControl({ spec, value, onChange }: TextProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? value;
  const problem = draft === null ? undefined : spec.check?.(draft);
  const commit = () => {
    if (draft === null || problem) return;
    onChange(draft);
    setDraft(null);
  };
  return (
    <ControlRow spec={spec} inputId={id} helpId={`${id}-help`}>
      <input
        id={id}
        className="entry wide"
        autoComplete="off"
        spellCheck={false}
        maxLength={spec.maxLength}
        value={text}
        aria-describedby={`${id}-help`}
        aria-invalid={problem !== undefined}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
      {problem && <p className="field-problem">{problem}</p>}
    </ControlRow>
  );
}
