/** A figure with its title, numbers, legend, plot, what is laid over the plot, and a button that saves the picture. */
import { type ReactNode, useRef } from 'react';
import type { Figure } from '../../plots/figure.ts';
import { text } from '../../text/index.ts';
import { DownloadIcon } from '../parts/icons.tsx';
import { PlotView, savePicture } from './PlotView.tsx';

export interface LegendEntry {
  readonly label: string;
  /** Kind of data, which decides the colour. */
  readonly kind:
    | 'exact'
    | 'simulation'
    | 'biased'
    | 'model'
    | 'asymptotic'
    | 'unvisited'
    | 'accepted'
    | 'beyond'
    | 'density'
    | 'wrong';
  readonly mark?: 'line' | 'dot' | 'area';
}

interface FrameProps {
  readonly title: string;
  readonly numbers?: ReactNode;
  readonly legend?: readonly LegendEntry[];
  readonly extra?: ReactNode;
  readonly figure: Figure | null;
  /** What a person who cannot see the plot should know. */
  readonly summary: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

export function FigureFrame(props: FrameProps) {
  const { title, numbers, legend = [], extra, figure, summary, className = '', children } = props;
  const frame = useRef<HTMLElement>(null);
  return (
    <figure className={`figure ${className}`} ref={frame}>
      <figcaption>
        <h3>{title}</h3>
        {numbers !== undefined && <span className="figure-numbers">{numbers}</span>}
        <button
          type="button"
          className="icon-button save"
          aria-label={text.frame.savePictureOf(title)}
          title={text.frame.savePicture}
          onClick={() => savePicture(frame, `saddle ${title}`)}
        >
          <DownloadIcon />
        </button>
        {(legend.length > 0 || extra) && (
          <div className="legend">
            {legend.map(({ label, kind, mark = 'line' }) => (
              <span key={label}>
                <i className={`swatch ${mark} ${kind}`} />
                {label}
              </span>
            ))}
            {extra}
          </div>
        )}
      </figcaption>
      <div className="plot-frame">
        <PlotView figure={figure} label={summary} />
        {children}
      </div>
    </figure>
  );
}
