export interface NumberShown {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly kind?: 'exact' | 'simulation' | 'biased' | 'model';
}

/** Numbers that line up. */
export function Numbers({ entries }: { entries: readonly NumberShown[] }) {
  return (
    <dl className="numbers">
      {entries.map(({ label, value, note, kind }) => (
        <div key={label} className={kind}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {note && <dd className="note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
