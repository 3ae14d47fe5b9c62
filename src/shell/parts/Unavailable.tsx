import { useStore } from '../store.ts';
import { Headline } from './Headline.tsx';

/** A station that cannot be used with the system of the experiment says why. */
export function Unavailable({ reason }: { reason: string }) {
  const open = useStore((store) => store.open);
  return (
    <div className="stage unavailable">
      <Headline title="Not with this system">{reason}</Headline>
      <p className="remark">
        Choose another system or slow variable on the left, or go on exploring this one.
      </p>
      <button type="button" className="button" onClick={() => open('explore')}>
        Back to Explore
      </button>
    </div>
  );
}
