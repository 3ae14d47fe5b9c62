/** Tables that a step graph looks up, one after the other. */
import type { StepGraph } from '../step-graph.ts';

/** Entries of one table among those of all. */
interface TablePlace {
  readonly start: number;
  readonly length: number;
}

export class TablePlaces {
  /** Entries of all tables. */
  readonly entries: number;
  private readonly places = new Map<string, TablePlace>();

  /** @throws RangeError for a table without entries or two of one name */
  constructor({ tables = [] }: Pick<StepGraph, 'tables'>) {
    let start = 0;
    for (const { name, length } of tables) {
      if (!(Number.isInteger(length) && length > 0) || this.places.has(name))
        throw new RangeError(`Table "${name}" has no entries or is declared twice`);
      this.places.set(name, { start, length });
      start += length;
    }
    this.entries = start;
  }

  /** @throws RangeError for an unknown name */
  of(name: string): TablePlace {
    const place = this.places.get(name);
    if (!place) throw new RangeError(`There is no table "${name}"`);
    return place;
  }

  /** Where `values` belong. @throws RangeError for an unknown name or another number of values */
  placeFor(name: string, values: ArrayLike<number>): TablePlace {
    const place = this.of(name);
    if (values.length !== place.length)
      throw new RangeError(`Table "${name}" has ${place.length} entries, not ${values.length}`);
    return place;
  }
}
