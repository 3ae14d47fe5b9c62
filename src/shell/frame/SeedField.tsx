import { useState } from 'react';
import { text } from '../../text/index.ts';
import { useOfExperiment, useStore } from '../store.ts';

const LARGEST = 2 ** 32 - 1;

export function SeedField() {
  const seed = useOfExperiment((experiment) => experiment.seed);
  const change = useStore((store) => store.change);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const value = Number(draft);
    if (draft?.trim() && Number.isInteger(value) && value >= 0 && value <= LARGEST) change('seed', value);
    setDraft(null);
  };
  return (
    <label className="seed">
      <span>{text.frame.transport.seed}</span>
      <input
        className="entry"
        inputMode="numeric"
        autoComplete="off"
        value={draft ?? String(seed)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(null);
        }}
      />
    </label>
  );
}
