/** How walkers move, for who asks: correlations, displacements, transport and the kinetic temperature. */
import { useMemo, useState } from 'react';
import { families } from '../../catalog.ts';
import { isOverdamped } from '../../core/dynamics/stability.ts';
import type { Measured, MeasuredCurve, Motion } from '../../core/estimators/motion.ts';
import type { ExactMotion, ExactTransport } from '../../core/exact/answers.ts';
import { correlationAt, correlationTime } from '../../core/exact/correlation.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { type Line, linesFigure } from '../../plots/lines.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { type NumberShown, Numbers } from '../../shell/parts/Numbers.tsx';
import { cvOfExperiment } from '../../shell/parts/system.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { useSampled } from '../../shell/runs/signal.ts';
import { simulation } from '../../shell/runs/simulation.ts';
import { usePalette } from '../../shell/theme.ts';
import { short, uncertain } from '../../text/format.ts';
import { text } from '../../text/index.ts';

const words = text.explore.motion;
const EXACT: LegendEntry = { label: words.exact, kind: 'exact' };
const MEASURED: LegendEntry = { label: words.simulation, kind: 'simulation', mark: 'dot' };

export function MotionPanel({ experiment }: { experiment: Experiment }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="motion-panel" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h3 className="panel-title">{words.title}</h3>
      </summary>
      {open && <Opened experiment={experiment} />}
    </details>
  );
}

function Opened({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH.statistics);
  const exact = useReference(reference.motion(experiment));
  const motion = frame?.motion ?? null;
  return (
    <>
      <Correlation motion={motion} exact={exact} cv={cvOfExperiment(experiment).label} />
      <Displacement motion={motion} exact={exact?.transport ?? null} />
      {exact?.transport && <Transport motion={motion} exact={exact.transport} />}
      <Numbers entries={numbersOf(experiment, motion, exact)} />
      <p className="remark">{words.remark}</p>
    </>
  );
}

interface PartProps {
  readonly motion: Motion | null;
  readonly exact: ExactMotion | null;
}

function measuredLine({ lags, values, stderr }: MeasuredCurve): Line {
  return { kind: 'simulation', x: lags, y: values, stderr, dots: true };
}

function Correlation({ motion, exact, cv }: PartProps & { readonly cv: string }) {
  const palette = usePalette();
  const measured = motion?.correlation ?? null;
  const known = exact?.correlation ?? null;
  const figure = useMemo(() => {
    const lines: Line[] = [];
    if (measured && known) {
      const y = measured.lags.map((lag) => correlationAt(known, lag));
      lines.push({ kind: 'exact', x: measured.lags, y });
    }
    if (measured) lines.push(measuredLine(measured));
    const options = { x: words.lag, y: words.correlation, including: 0, empty: words.empty };
    return linesFigure(lines, options, palette);
  }, [measured, known, palette]);
  const title = words.correlationTitle(cv);
  return (
    <FigureFrame
      className="medium"
      title={title}
      legend={known ? [EXACT, MEASURED] : [MEASURED]}
      figure={figure}
      summary={words.correlationSummary(cv, known !== null)}
    />
  );
}

function Displacement({ motion, exact }: { motion: Motion | null; exact: ExactTransport | null }) {
  const palette = usePalette();
  const measured = motion?.displacement ?? null;
  const figure = useMemo(() => {
    const lines: Line[] = [];
    if (measured && exact) {
      const { velocity, diffusion } = exact;
      const y = measured.lags.map((lag) => 2 * diffusion * lag + (velocity * lag) ** 2);
      lines.push({ kind: 'exact', x: measured.lags, y, dash: 'dash' });
    }
    if (measured) lines.push(measuredLine(measured));
    const options = { x: words.lag, y: words.squared, including: 0, empty: words.empty };
    return linesFigure(lines, options, palette);
  }, [measured, exact, palette]);
  return (
    <FigureFrame
      className="medium"
      title={words.displacementTitle}
      legend={exact ? [{ label: words.longTimes, kind: 'exact' }, MEASURED] : [MEASURED]}
      figure={figure}
      summary={words.displacementSummary}
    />
  );
}

/** Curves over the tilt, with the run as a point on each. */
function Transport({ motion, exact }: { motion: Motion | null; exact: ExactTransport }) {
  const palette = usePalette();
  const pictures = useMemo(() => {
    const picture = (curve: Float64Array, measured: Measured | null, y: string) =>
      linesFigure(
        [
          { kind: 'exact', x: exact.forces, y: curve },
          ...(measured
            ? [
                {
                  kind: 'simulation',
                  x: [exact.force],
                  y: [measured.value],
                  stderr: [measured.stderr],
                  dots: true,
                } as const,
              ]
            : []),
        ],
        { x: words.force, y, including: 0, empty: words.empty },
        palette,
      );
    return {
      velocity: picture(exact.velocities, motion?.velocity ?? null, words.velocityAxis),
      diffusion: picture(exact.diffusions, motion?.diffusion ?? null, words.diffusionAxis),
    };
  }, [motion, exact, palette]);
  return (
    <>
      <FigureFrame
        className="medium"
        title={words.velocityTitle}
        legend={[{ label: words.stratonovich, kind: 'exact' }, MEASURED]}
        figure={pictures.velocity}
        summary={words.velocityTitle}
      />
      <FigureFrame
        className="medium"
        title={words.diffusionTitle}
        legend={[{ label: words.reimann, kind: 'exact' }, MEASURED]}
        figure={pictures.diffusion}
        summary={words.diffusionTitle}
      />
    </>
  );
}

function numbersOf(experiment: Experiment, motion: Motion | null, exact: ExactMotion | null): NumberShown[] {
  const { correlation = null, transport = null } = exact ?? {};
  const entries: NumberShown[] = [
    shown(words.time, motion?.integratedTime ?? null, ' τ', correlation && correlationTime(correlation)),
  ];
  if (transport || motion?.diffusion)
    entries.push(
      shown(words.velocity, motion?.velocity ?? null, '', transport?.velocity ?? null),
      shown(words.diffusion, motion?.diffusion ?? null, '', transport?.diffusion ?? null),
    );
  if (transport)
    entries.push(
      { label: words.untilted, value: short(transport.lifsonJackson), kind: 'exact' },
      { label: words.einstein, value: short(transport.freeDiffusion), kind: 'exact' },
    );
  const overdamped = isOverdamped(families.integrators[experiment.integrator]);
  return [
    ...entries,
    overdamped
      ? { label: words.kinetic, value: '–', note: words.noVelocity }
      : shown(words.kinetic, motion?.kineticTemperature ?? null, '', experiment.kT),
  ];
}

function shown(label: string, measured: Measured | null, unit: string, exact: number | null): NumberShown {
  return {
    label,
    value: measured ? `${uncertain(measured.value, measured.stderr)}${unit}` : '–',
    note: exact === null ? undefined : words.beside(`${short(exact)}${unit}`),
    kind: 'simulation',
  };
}
