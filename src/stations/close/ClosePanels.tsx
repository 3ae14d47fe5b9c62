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
import { say, text } from '../../text/index.ts';

const words = text.close.figures;

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
  const empty = phase === 'finished' ? words.unavailable : words.notYet;
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
      summary={lines.length > 0 ? summary : words.empty(title, empty)}
    />
  );
}

const AVERAGED: LegendEntry = { label: words.averaged, kind: 'exact' };
const FROM_BURSTS: LegendEntry = { label: words.bursts, kind: 'simulation', mark: 'dot' };
/** Points at badly known ends lie beyond this many times the highest exact F, outside the picture. */
const HIGHEST = 1.3;
const HEALED: readonly [number, number] = [-0.3, 1.1];

export function DriftPanel({ experiment, consistency }: PanelProps) {
  return (
    <ProfilePanel experiment={experiment} profile={consistency?.drift ?? null} title={words.drift} y="b" />
  );
}

export function DiffusionPanel({ experiment, consistency }: PanelProps) {
  const profile = consistency?.diffusion ?? null;
  return (
    <ProfilePanel experiment={experiment} profile={profile} title={words.diffusion} y="D" including={0} />
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
      title={words.profile(title, y, cv)}
      legend={profile?.averaged ? [FROM_BURSTS, AVERAGED] : [FROM_BURSTS]}
      lines={lines}
      x={cv}
      y={words.perTime(y)}
      including={including}
      summary={words.profileSummary(title, cv, profile?.values.length, Boolean(profile?.averaged))}
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
      title={words.healing}
      legend={[
        { label: healing && !healing.lift.left ? words.tooSmall : words.thisLift, kind: 'model' },
        { label: words.badLift, kind: 'biased' },
      ]}
      lines={lines}
      x={words.healingTime}
      y={words.remaining}
      range={HEALED}
      summary={words.healingSummary(healing?.observable)}
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
      title={words.freeEnergy(cv)}
      numbers={text.parts.error(found ?? null)}
      legend={[
        FROM_BURSTS,
        ...(found?.exact ? [{ label: words.exact, kind: 'exact' as const }] : []),
        ...(found?.direct ? [{ label: words.direct, kind: 'asymptotic' as const }] : []),
      ]}
      lines={lines}
      x={cv}
      y={found && !found.exact ? words.F : words.FInKt}
      range={range}
      including={0}
      summary={words.freeEnergySummary(cv, text.parts.errorInWords(found ?? null))}
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
      title={words.closure(closure ? inSymbols(closure.observable) : words.anObservable, cv)}
      numbers={closure?.error ? words.closureError(closure.error.lifted, closure.error.healed) : undefined}
      legend={[
        { label: experiment['close.lift'] === 'model' ? words.model : words.lifted, kind: 'model' },
        { label: words.healed, kind: 'simulation', mark: 'dot' },
        { label: words.exact, kind: 'exact' },
      ]}
      lines={lines}
      x={cv}
      y={closure?.observable ?? ''}
      summary={words.closureSummary(closure?.observable, cv, closure ? say(closure.source) : undefined)}
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
      title={words.plateau}
      legend={[
        {
          label: lag && !corrected ? words.tooLong : words.corrected,
          kind: 'simulation',
          mark: 'dot',
        },
        { label: words.uncorrected, kind: 'asymptotic' },
      ]}
      lines={lines}
      x={words.lag}
      y={words.meanDiffusion}
      including={0}
      summary={words.plateauSummary(Boolean(lag?.plateau))}
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
      title={words.autocorrelation(cv)}
      numbers={found ? words.apart(found.largest) : undefined}
      legend={[
        { label: words.coarse, kind: 'model', mark: 'dot' },
        { label: words.full, kind: 'simulation' },
      ]}
      lines={lines}
      x={words.time}
      y={words.C}
      including={0}
      summary={words.autocorrelationSummary(cv)}
    />
  );
}
