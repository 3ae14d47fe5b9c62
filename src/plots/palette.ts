/** The only definition of colours. Figures take them from here, and the page sets its CSS variables from the same record. */

/** One colour per kind of data: exact results are ink, everything estimated has a hue of its own. */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly line: string;
  /** Boundary of controls: 3:1 against the paper. */
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly simulation: string;
  readonly biased: string;
  readonly model: string;
  readonly danger: string;
  /** Share of paper mixed into the landscape, at its bottom. */
  readonly fade: number;
}

export type ThemeName = 'light' | 'dark';

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  light: {
    paper: '#fbfaf7',
    panel: '#f3f1eb',
    line: '#dedad1',
    edge: '#8b9097',
    ink: '#1d2126',
    soft: '#585f68',
    simulation: '#2a66d9',
    biased: '#ae5705',
    model: '#b0238c',
    danger: '#b3261e',
    fade: 0.58,
  },
  dark: {
    paper: '#14161a',
    panel: '#1c1f25',
    line: '#2f343c',
    edge: '#70777f',
    ink: '#e9e7e2',
    soft: '#a9afb8',
    simulation: '#6fa0ff',
    biased: '#f2973f',
    model: '#f07fd2',
    danger: '#ff8a80',
    fade: 0.42,
  },
};

export type ColorScale = [number, string][];

type Rgb = readonly [number, number, number];

// Viridis (Smith, van der Walt, 2015; CC0) at five equal distances.
const VIRIDIS: readonly Rgb[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

const SCALE_STOPS = 33;
/** Share of the range of energies after which the landscape dissolves into the paper. */
const DISSOLVE_FROM = 0.55;

/** Viridis under a veil of paper that closes at high energies, where no walker ever is. */
export function landscapeScale(palette: Palette): ColorScale {
  return stops(veiled(palette));
}

function veiled(palette: Palette): (t: number) => Rgb {
  const paper = rgbOf(palette.paper);
  return (t) => {
    const veil = palette.fade + (1 - palette.fade) * smooth((t - DISSOLVE_FROM) / (1 - DISSOLVE_FROM));
    return mix(viridis(0.86 * t), paper, veil);
  };
}

/** Red, green, blue and opacity of the landscape at a share of its range, for pictures made of pixels. */
export function scaleBytes(palette: Palette): (share: number) => readonly [number, number, number, number] {
  const color = veiled(palette);
  return (share) => [...color(share), 255];
}

/** From paper to `color`: densities of one kind of data. */
export function densityScale(palette: Palette, color: string): ColorScale {
  const paper = rgbOf(palette.paper);
  // The square root keeps the thin tails of a density visible.
  return stops((t) => mix(paper, rgbOf(color), 0.9 * Math.sqrt(t)));
}

/** Plain viridis: shares from 0 to 1, legible in either theme. */
export function viridisScale(): ColorScale {
  return stops(viridis);
}

/** `color` with an opacity, as CSS. */
export function translucent(color: string, opacity: number): string {
  return `rgba(${rgbOf(color).join(',')},${opacity})`;
}

/** The palette as CSS custom properties. */
export function cssVariables(palette: Palette): readonly (readonly [string, string])[] {
  return Object.entries(palette)
    .filter(([, value]) => typeof value === 'string')
    .map(([name, value]) => [`--${name}`, value] as const);
}

function stops(color: (t: number) => Rgb): ColorScale {
  return Array.from({ length: SCALE_STOPS }, (_, i) => {
    const t = i / (SCALE_STOPS - 1);
    return [t, `rgb(${color(t).map(Math.round).join(',')})`];
  });
}

function viridis(t: number): Rgb {
  const position = Math.min(Math.max(t, 0), 1) * (VIRIDIS.length - 1);
  const index = Math.min(Math.floor(position), VIRIDIS.length - 2);
  return mix(VIRIDIS[index], VIRIDIS[index + 1], position - index);
}

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function smooth(t: number): number {
  const s = Math.min(Math.max(t, 0), 1);
  return s * s * (3 - 2 * s);
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
