/** All systems as cards, by the number of their coordinates: what each teaches, and a picture of its equation. */
import { useState } from 'react';
import { families } from '../../catalog.ts';
import { defaultsOf } from '../../core/params/params.ts';
import type { System } from '../../core/systems/contract.ts';
import { teachesOf, text, titleOf } from '../../text/index.ts';
import { ChevronIcon } from '../parts/icons.tsx';
import { PlainDialog } from './PlainDialog.tsx';
import { Thumbnail } from './Thumbnail.tsx';

interface GalleryProps {
  readonly value: string;
  readonly onChange: (system: string) => void;
  readonly labelledBy: string;
}

interface Shelf {
  readonly title: string;
  readonly systems: readonly string[];
}

export function SystemGallery({ value, onChange, labelledBy }: GalleryProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        id="system-button"
        className="choice-button system-button"
        aria-haspopup="dialog"
        aria-labelledby={`${labelledBy} system-button`}
        onClick={() => setOpen(true)}
      >
        <span>{titleOf('system', value)}</span>
        <ChevronIcon />
      </button>
      <PlainDialog title={text.frame.systems.title} className="gallery" isOpen={open} onOpenChange={setOpen}>
        {shelves().map((shelf) => (
          <section key={shelf.title}>
            <h3>{shelf.title}</h3>
            <ul>
              {shelf.systems.map((id) => (
                <li key={id}>
                  <Card
                    id={id}
                    chosen={id === value}
                    choose={() => {
                      setOpen(false);
                      if (id !== value) onChange(id);
                    }}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </PlainDialog>
    </>
  );
}

function Card({ id, chosen, choose }: { id: string; chosen: boolean; choose: () => void }) {
  return (
    <button type="button" className="card" aria-current={chosen || undefined} onClick={choose}>
      <Thumbnail system={id} />
      <b>{titleOf('system', id)}</b>
      <span className="card-text">{teachesOf('system', id)}</span>
    </button>
  );
}

let known: readonly Shelf[] | undefined;

function shelves(): readonly Shelf[] {
  const words = text.frame.systems;
  known ??= [
    { title: words.oneCoordinate, systems: idsWhere((system, count) => isGiven(system) && count === 1) },
    { title: words.twoCoordinates, systems: idsWhere((system, count) => isGiven(system) && count === 2) },
    { title: words.manyCoordinates, systems: idsWhere((system, count) => isGiven(system) && count > 2) },
    { title: words.noPotential, systems: idsWhere((system) => system.energy === undefined) },
    { title: words.userDefined, systems: idsWhere((system) => typeof system.params === 'function') },
  ].filter(({ systems }) => systems.length > 0);
  return known;
}

/** A potential that is not typed. */
function isGiven({ energy, params }: System): boolean {
  return energy !== undefined && typeof params !== 'function';
}

function idsWhere(fits: (system: System, coordinates: number) => boolean): string[] {
  return Object.entries(families.systems)
    .filter(([, system]) => {
      const { coordinates, params } = system;
      const names =
        typeof coordinates !== 'function'
          ? coordinates
          : coordinates(typeof params === 'function' ? {} : defaultsOf(params));
      return fits(system, names.length);
    })
    .map(([id]) => id);
}
