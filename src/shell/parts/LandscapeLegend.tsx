import { landscapeScale } from '../../plots/palette.ts';
import { usePalette } from '../theme.ts';

/** Colour bar of the landscape. */
export function LandscapeLegend({ ceiling }: { ceiling: number }) {
  const stops = landscapeScale(usePalette()).filter((_, index) => index % 4 === 0);
  const gradient = `linear-gradient(90deg, ${stops.map(([t, color]) => `${color} ${100 * t}%`).join(', ')})`;
  return (
    <span className="color-bar">
      energy above the minimum: 0 <i style={{ background: gradient }} /> {ceiling} kT
    </span>
  );
}
