import { landscapeScale } from '../../plots/palette.ts';
import { text } from '../../text/index.ts';
import { usePalette } from '../theme.ts';

/** Colour bar of the landscape. */
export function LandscapeLegend({ ceiling }: { ceiling: number }) {
  const stops = landscapeScale(usePalette()).filter((_, index) => index % 4 === 0);
  const gradient = `linear-gradient(90deg, ${stops.map(([t, color]) => `${color} ${100 * t}%`).join(', ')})`;
  return (
    <span className="color-bar">
      {text.parts.legendEnergy} <i style={{ background: gradient }} /> {text.parts.legendCeiling(ceiling)}
    </span>
  );
}
