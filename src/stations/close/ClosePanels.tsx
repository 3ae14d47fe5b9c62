/** The parts of micro-macro consistency as figures: what the coarse picture says beside what is exact. */
import { useMemo } from 'react';
import type { Consistency, Profile } from '../../core/coarse/frame.ts';
import { inSymbols } from '../../core/expression/symbols.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { extent } from '../../plots/figure.ts';
import { type Line, linesFigure } from '../../plots/lines.ts';
import { FigureFrame, type LegendEntry } from '../../shell/figure/FigureFrame.tsx';
import { cvOfExperiment } from '../../shell/parts/system.ts';
import { closing } from '../../shell/runs/closing.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { usePalette } from '../../shell/theme.ts';
import { fixed } from '../../text/format.ts';
import { text } from '../../text/index.ts';

interface PanelProps {
  readonly experiment: Experiment;
  readonly consistency: Consistency | null;
}

interface LinesProps {
  readonly title: string;
  readonly numbers?: string;
  readonly legend: readonly LegendEntry[];
  readonly lines: readonly Line[];
  readonly x: string;
  readonly y: string;
  readonly range?: readonly [number, number];
  readonly including?: number;
  readonly summary: string;
  readonly className?: string;
}

function Lines({ title, numbers, legend, lines, x, y, range, including, summary, className }: LinesProps) {
  const palette = usePalette();
  const { phase } = useSignal(closing.state);
  const empty = phase === 'finished' ? 'Not known: see what must be known.' : 'Not known yet.';
  const figure = useMemo(
    () => linesFigure(lines, { x, y, range, including, empty }, palette),
    [lines, x, y, range, including, empty, palette],
  );
  return (
    <FigureFrame
      className={className ?? 'medium'}
      title={title}
      numbers={numbers}
      legend={legend}
      figure={figure}
      summary={lines.length > 0 ? summary : `${title}: ${empty.toLowerCase()}`}
    />
  );
}

const AVERAGED: LegendEntry = { label: 'averaged equation', kind: 'exact' };
const FROM_BURSTS: LegendEntry = { label: 'from bursts', kind: 'simulation', mark: 'dot' };
/** Points at badly known ends lie beyond this many times the highest exact F, outside the picture. */
const HIGHEST = 1.3;
const HEALED: readonly [number, number] = [-0.3, 1.1];

export function DriftPanel({ experiment, consistency }: PanelProps) {
  return (
    <ProfilePanel
      experiment={experiment}
      profile={consistency?.drift ?? null}
      title="Effective drift"
      y="b"
    />
  );
}

export function DiffusionPanel({ experiment, consistency }: PanelProps) {
  const profile = consistency?.diffusion ?? null;
  return (
    <ProfilePanel experiment={experiment} profile={profile} title="Effective diffusion" y="D" including={0} />
  );
}

interface ProfileProps {
  readonly experiment: Experiment;
  readonly profile: Profile | null;
  readonly title: string;
  readonly y: string;
  readonly including?: number;
}

function ProfilePanel({ experiment, profile, title, y, including }: ProfileProps) {
  const { label: cv } = cvOfExperiment(experiment);
  const lines = useMemo((): Line[] => {
    if (!profile) return [];
    const { values, estimate, stderr, averaged } = profile;
    return [
      ...(averaged ? [{ kind: 'exact' as const, x: values, y: averaged }] : []),
      { kind: 'simulation', x: values, y: estimate, stderr, dots: true },
    ];
  }, [profile]);
  return (
    <Lines
      title={`${title} ${y}(${cv})`}
      legend={profile?.averaged ? [FROM_BURSTS, AVERAGED] : [FROM_BURSTS]}
      lines={lines}
      x={cv}
      y={`${y} / τ⁻¹`}
      including={including}
      summary={`${title} of ${cv} at ${profile?.values.length} values, from bursts${profile?.averaged ? ', beside the averaged equation' : ''}.`}
    />
  );
}

export function HealingPanel({ consistency }: Pick<PanelProps, 'consistency'>) {
  const healing = consistency?.healing ?? null;
  const lines = useMemo((): Line[] => {
    if (!healing) return [];
    const { times, lift, bad } = healing;
    return [
      ...(bad.left ? [{ kind: 'biased' as const, x: times, y: bad.left }] : []),
      ...(lift.left ? [{ kind: 'model' as const, x: times, y: lift.left }] : []),
    ];
  }, [healing]);
  return (
    <Lines
      title="Healing after a lift"
      legend={[
        { label: healing && !healing.lift.left ? 'this lift: too near to tell' : 'this lift', kind: 'model' },
        { label: 'a bad lift', kind: 'biased' },
      ]}
      lines={lines}
      x="fast times"
      y="deviation left"
      range={HEALED}
      summary={`What is left of the deviation of ${healing?.observable} after a lift, against time.`}
    />
  );
}

export function DynamicFreeEnergyPanel({ experiment, consistency }: PanelProps) {
  const { label: cv } = cvOfExperiment(experiment);
  const found = consistency?.freeEnergyFromDynamics ?? null;
  const lines = useMemo((): Line[] => {
    if (!found) return [];
    const { values, F, stderr, exact, direct } = found;
    return [
      ...(exact ? [{ kind: 'exact' as const, x: values, y: exact }] : []),
      ...(direct ? [{ kind: 'asymptotic' as const, x: direct.freeEnergy.cv, y: direct.freeEnergy.F }] : []),
      { kind: 'simulation', x: values, y: F, stderr, dots: true },
    ];
  }, [found]);
  const known = useMemo(() => found?.exact ?? found?.direct?.freeEnergy.F.filter(Number.isFinite), [found]);
  const range = useMemo(() => (known ? ([0, HIGHEST * extent(known)[1]] as const) : undefined), [known]);
  return (
    <Lines
      className="close-main"
      title={`Free energy F(${cv}) from dynamics`}
      numbers={text.parts.error(found ?? null)}
      legend={[
        FROM_BURSTS,
        ...(found?.exact ? [{ label: 'exact', kind: 'exact' as const }] : []),
        ...(found?.direct ? [{ label: 'long direct run', kind: 'asymptotic' as const }] : []),
      ]}
      lines={lines}
      x={cv}
      y={found && !found.exact ? 'F' : 'F / kT'}
      range={range}
      including={0}
      summary={`Free energy along ${cv} by integrating F' = kT (D' − b)/D${text.parts.errorInWords(found ?? null)}.`}
    />
  );
}

export function ClosurePanel({ experiment, consistency }: PanelProps) {
  const { label: cv } = cvOfExperiment(experiment);
  const closure = consistency?.closure ?? null;
  const lines = useMemo((): Line[] => {
    if (!closure) return [];
    const { values, lifted, healed, stderr, exact } = closure;
    return [
      ...(exact ? [{ kind: 'exact' as const, x: values, y: exact }] : []),
      { kind: 'model', x: values, y: lifted, dash: 'dot' },
      { kind: 'simulation', x: values, y: healed, stderr, dots: true },
    ];
  }, [closure]);
  return (
    <Lines
      title={`Mean of ${inSymbols(closure?.observable ?? 'an observable')} given ${cv}`}
      numbers={
        closure?.error
          ? `error ${fixed(closure.error.lifted, 3)}, healed ${fixed(closure.error.healed, 3)}`
          : undefined
      }
      legend={[
        { label: experiment['close.lift'] === 'model' ? 'trained model' : 'as lifted', kind: 'model' },
        { label: 'healed', kind: 'simulation', mark: 'dot' },
        { label: 'exact', kind: 'exact' },
      ]}
      lines={lines}
      x={cv}
      y={closure?.observable ?? ''}
      summary={`Conditional mean of ${closure?.observable} along ${cv}, as lifted (${closure?.source}) and healed, beside the exact one.`}
    />
  );
}

export function PlateauPanel({ consistency }: Pick<PanelProps, 'consistency'>) {
  const lag = consistency?.lag ?? null;
  const lines = useMemo((): Line[] => {
    if (!lag) return [];
    const x = lag.curve.map((point) => point.lag);
    return [
      { kind: 'asymptotic', x, y: lag.curve.map(({ uncorrected }) => uncorrected), dash: 'dot' },
      {
        kind: 'simulation',
        x,
        y: lag.curve.map(({ diffusion }) => diffusion),
        stderr: lag.curve.map(({ stderr }) => stderr),
        dots: true,
      },
    ];
  }, [lag]);
  const corrected = lag?.curve.some(({ diffusion }) => Number.isFinite(diffusion));
  return (
    <Lines
      title="Which lag: the plateau"
      legend={[
        {
          label: lag && !corrected ? 'corrected: these lags are too long' : 'corrected for the lag',
          kind: 'simulation',
          mark: 'dot',
        },
        { label: 'as read off', kind: 'asymptotic' },
      ]}
      lines={lines}
      x="lag / τ"
      y="mean D / τ⁻¹"
      including={0}
      summary={`Mean diffusion against the lag: ${lag?.plateau ? 'a plateau' : 'no plateau'}.`}
    />
  );
}

export function AutocorrelationPanel({ experiment, consistency }: PanelProps) {
  const { label: cv } = cvOfExperiment(experiment);
  const found = consistency?.coarse.autocorrelation ?? null;
  const lines = useMemo((): Line[] => {
    if (!found) return [];
    const { time, full, coarse, stderr } = found;
    return [
      { kind: 'simulation', x: time, y: full },
      { kind: 'model', x: time, y: coarse, stderr, dots: true },
    ];
  }, [found]);
  return (
    <Lines
      title={`Autocorrelation of ${cv}`}
      numbers={found ? `${fixed(found.largest, 1)} σ apart` : undefined}
      legend={[
        { label: 'coarse equation', kind: 'model', mark: 'dot' },
        { label: 'full system', kind: 'simulation' },
      ]}
      lines={lines}
      x="time / τ"
      y="C"
      including={0}
      summary={`Autocorrelation of ${cv} in the coarse equation and in the full system.`}
    />
  );
}
