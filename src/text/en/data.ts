/** Training data that are chosen, drawn or read from a file. */
import { counted, plural, short } from '../format.ts';

const KEPT = 'They stay in this page and are not saved in links.';

export const data = {
  title: 'Training data',
  drawn: (points: number) => `${plural(points, 'point')} drawn on the energy landscape`,
  show: 'Show the data',
  preparing: 'Preparing the data …',
  states: (states: number) => `${plural(states, 'training state')} on the energy landscape`,
  span: (coordinate: string, low: number, high: number) =>
    `${coordinate} from ${short(low)} to ${short(high)}`,
  size: (states: number, spans: readonly string[], forceEvaluations: number, outside: number) =>
    `${plural(states, 'state')}, ${spans.join(', ')}${
      forceEvaluations > 0 ? `, at the cost of ${counted(forceEvaluations)} force evaluations` : ''
    }.${outside > 0 ? ` ${short(100 * outside, 2)} % lie outside the plotted range.` : ''}`,
  spray: 'Spray',
  erase: 'Erase',
  undo: 'Undo',
  clear: 'Clear',
  points: (points: number, fewest: number) =>
    points < fewest
      ? `${plural(points, 'point')}: draw at least ${fewest} before training. ${KEPT}`
      : `${plural(points, 'point')}. ${KEPT}`,
  cursor: (points: number, at: string) => `${points} points; cursor at ${at}`,
  surface:
    'Surface to draw points on. Arrow keys move the cursor, Enter adds ten points there, Delete erases points around it.',
  file: 'File of states',
  chooseAnother: 'Choose another file',
  choose: 'Choose a file',
  problem: (file: string, problem: string) => `${file}: ${problem}`,
  kept: (file: string) => ` The states of ${file} are kept.`,
  read: (file: string, states: number, remarks: readonly string[]) =>
    `${[`${file}: ${plural(states, 'state')}.`, ...remarks].join(' ')} ${KEPT}`,
  columns: (coordinates: readonly string[]) =>
    `A table with ${coordinates.length === 1 ? 'a column' : 'columns'} ${coordinates.join(' and ')} (CSV, PLUMED, XVG, JSON, printed lists); for other columns you are asked. You can also drop a file here.`,
  columnChoice: {
    title: 'Which columns?',
    change: 'Choose columns',
    asked: 'Choose the columns of the coordinates.',
    weights: 'weights',
    noWeights: 'none: all states count the same',
    unnamed: (column: number) => `column ${column}`,
    column: (name: string, range: readonly [number, number] | null, examples: readonly number[]) =>
      range
        ? `${name}: ${short(range[0])} to ${short(range[1])} (${examples.map((value) => short(value)).join(', ')} …)`
        : `${name}: no numbers`,
    cloud: (rows: number) =>
      `The first ${plural(rows, 'row')} as points, with the domain of the system as a dashed frame`,
    axes: (spans: readonly string[], coordinates: number) =>
      coordinates === 1
        ? `${spans[0]}; rows from bottom to top`
        : `${spans.join(', ')}; dashed: the domain of the system`,
    rows: (good: number, missing: number) =>
      `${plural(good, 'state')} in the first rows.${missing > 0 ? ` ${plural(missing, 'row')} without these numbers will be left out.` : ''}`,
    twice: 'Choose a different column for each coordinate.',
    use: 'Use these columns',
  },
  reading: (file: string) => `Reading ${file}`,
  readingStates: (file: string, states: number) => `Reading ${file}: ${plural(states, 'state')} …`,
  cancel: 'Cancel',
  otherCoordinates: (file: string, read: readonly string[], coordinates: readonly string[]) =>
    `The file ${file} was read for the coordinates ${read.join(', ')}, but this system has ${coordinates.join(', ')}. Choose a file for this system.`,
};
