/** What the run of the page says now, under the keys of the results, for the checks of a lesson. */
import { useEffect, useState } from 'react';
import { reader } from '../../lessons/expression.ts';
import { stationOf } from '../station.ts';
import { useStore } from '../store.ts';

export type Read = (name: string) => unknown;

/** Rest between two looks, ms. */
const REST = 400;

/** Results of the open station, the experiment and the phase of the run. */
async function look(): Promise<Read> {
  const { experiment } = useStore.getState();
  const { run, results } = stationOf(experiment);
  const { phase } = run.state.get();
  const found = (await results.live(experiment)) ?? {};
  return reader({ ...found, experiment, run: { phase } });
}

const nothing: Read = () => null;

/** @param key what the results belong to: with another one they are looked at anew */
export function useResults(key: string): Read {
  const [seen, setSeen] = useState({ key, read: nothing });
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = async () => {
      const read = await look().catch(() => nothing);
      if (!wanted) return;
      setSeen({ key, read });
      timer = setTimeout(again, REST);
    };
    timer = setTimeout(again, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return seen.key === key ? seen.read : nothing;
}
