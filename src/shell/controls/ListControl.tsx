import { useId, useState } from 'react';
import { formatValue, type ListSpec, parseValue } from '../../core/params/params.ts';
import { text } from '../../text/index.ts';
import type { SettingWords } from '../../text/language.ts';
import { ControlRow } from './ControlRow.tsx';

interface ListProps {
  readonly spec: ListSpec;
  readonly words: SettingWords;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => void;
}

/** Numbers separated by commas. */
export function ListControl({ spec, words, value, onChange }: ListProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    const parsed = parseValue(spec, draft.replaceAll('−', '-'));
    const unreadable = parsed.problem?.id === 'not-numbers';
    setProblem(unreadable ? text.controls.listExpected : null);
    if (!unreadable) onChange(parsed.value as readonly number[]);
    setDraft(null);
  };
  return (
    <ControlRow spec={spec} words={words} inputId={id} helpId={`${id}-help`}>
      <input
        id={id}
        className="entry wide"
        autoComplete="off"
        spellCheck={false}
        placeholder={words.empty}
        value={draft ?? formatValue(value).replaceAll(',', ', ')}
        aria-describedby={`${id}-help`}
        aria-invalid={problem !== null}
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
