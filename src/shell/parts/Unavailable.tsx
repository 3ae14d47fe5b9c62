import { text } from '../../text/index.ts';
import { allStations } from '../station.ts';
import { useStore } from '../store.ts';
import { Headline } from './Headline.tsx';

/** A station that cannot be used with the system of the experiment says why. */
export function Unavailable({ reason }: { reason: string }) {
  const [first] = allStations();
  const open = useStore((store) => store.open);
  return (
    <div className="stage unavailable">
      <Headline title={text.parts.unavailable.title}>{reason}</Headline>
      <p className="remark">{text.parts.unavailable.remedy}</p>
      <button type="button" className="button" onClick={() => open(first.id)}>
        {text.parts.unavailable.back(first.title)}
      </button>
    </div>
  );
}
