/**
 * Step graph -> WGSL compute kernel. One invocation is one walker, whose state stays in registers while it takes many
 * steps; it draws the random numbers of `NoiseSource`.
 */

import { argumentsOf, type GraphNode, type NodeId, reachable } from '../../expression/graph.ts';
import { Interpreter } from '../../expression/interpret.ts';
import type { StepGraph } from '../step-graph.ts';
import { varyingNodes } from './kernel-layout.ts';
import { TablePlaces } from './tables.ts';
import { FUNCTIONS_SOURCE, floatLiteral, RANDOM_SOURCE } from './wgsl-functions.ts';

export const WORKGROUP_SIZE = 64;
/**
 * Records that are summed in single precision before they join the total of a walker, itself emptied into doubles after
 * EMPTYING_RECORDS: neither sum has more than 64 terms, so that their relative error is below 128 * 2^-24 = 8e-6 for terms
 * of one sign, about 1e-6 as a rule, and independent from walker to walker. Both are counted from the start of the run:
 * how steps are cut into dispatches changes nothing.
 */
export const BLOCK_RECORDS = 64;
export const EMPTYING_RECORDS = BLOCK_RECORDS * 64;

/** Words of the uniform buffer, in this order. `record` is the number of records before `step`. */
const RUN = [
  'walkers',
  'firstWalker',
  'step',
  'steps',
  'untilRecord',
  'stride',
  'record',
  'groupSize',
  'seed',
  'normalsKey',
  'uniformsKey',
] as const;
export const RUN_WORDS = RUN.length;
export type RunWords = Readonly<Record<(typeof RUN)[number], number>>;

/** What the kernel reads from its uniform buffer. */
export function runWords(named: RunWords): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(RUN, (name) => named[name]);
}

/** Bindings of group 0. */
export const BINDINGS = { run: 0, table: 1, state: 2, visits: 3, sums: 4, lookups: 5 } as const;
export const ENTRY_POINT = 'advance';

/** Single-precision numbers that are kept for each observable of each walker: the sum of a block and the total. */
export const SUM_PARTS = 2;

export interface WgslKernel {
  readonly source: string;
  /** Nodes whose values the host writes to the table, in this order. */
  readonly table: readonly NodeId[];
  /** Places in the buffer of all that is looked up. */
  readonly tables: TablePlaces;
}

export function wgslKernel(step: StepGraph): WgslKernel {
  return new KernelWriter(step).write();
}

/** Contents of the table, computed in double precision. */
export function tableValues(
  step: StepGraph,
  { table }: WgslKernel,
  parameters: Readonly<Record<string, number>>,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(new Interpreter(step.graph, table, [], parameters).at([]));
}

class KernelWriter {
  private readonly lines: string[] = [];
  private readonly varying: ReadonlySet<NodeId>;
  private readonly table: NodeId[];
  private readonly tables: TablePlaces;

  constructor(private readonly step: StepGraph) {
    const { graph, next, record } = step;
    this.varying = varyingNodes(step);
    this.tables = new TablePlaces(step);
    const outputs = [...next, record.place, ...record.sums];
    const moving = reachable(graph, outputs).filter((id) => this.varying.has(id));
    const used = new Set([...outputs, ...moving.flatMap((id) => argumentsOf(graph.nodes[id]))]);
    this.table = [...used].filter((id) => !this.varying.has(id) && !isLiteral(graph.nodes[id]));
  }

  write(): WgslKernel {
    this.emit(`@compute @workgroup_size(${WORKGROUP_SIZE})`);
    this.emit(`fn ${ENTRY_POINT}(@builtin(global_invocation_id) invocation: vec3<u32>) {`);
    this.emit('let walker = invocation.x;', 'if (walker >= run.walkers) { return; }');
    this.table.forEach((_, k) => {
      this.emit(`let t${k} = table[${k}];`);
    });
    const { state, record } = this.step;
    const kept = [
      ...state.map((_, k) => ({ name: `s${k}`, place: `state[${k}u * run.walkers + walker]` })),
      ...record.sums.flatMap((_, k) => [
        { name: `block${k}`, place: `sums[${SUM_PARTS * k}u * run.walkers + walker]` },
        { name: `total${k}`, place: `sums[${SUM_PARTS * k + 1}u * run.walkers + walker]` },
      ]),
    ];
    for (const { name, place } of kept) this.emit(`var ${name} = ${place};`);
    this.startNoise('normals', 'drawNormals');
    this.startNoise('uniforms', 'drawUniforms');
    this.emit('var untilRecord = run.untilRecord;', 'var record = run.record;');
    this.emit('for (var taken = 0u; taken < run.steps; taken++) {');
    this.takeStep();
    this.emit('untilRecord--;', 'if (untilRecord == 0u) {', 'untilRecord = run.stride;', 'record++;');
    this.record();
    this.emit('}', '}');
    for (const { name, place } of kept) this.emit(`${place} = ${name};`);
    this.emit('}');
    const parts = [this.declarations(), FUNCTIONS_SOURCE, LOOKUP_SOURCE, RANDOM_SOURCE, ...this.lines];
    return { source: parts.join('\n'), table: this.table, tables: this.tables };
  }

  private emit(...lines: string[]): void {
    this.lines.push(...lines);
  }

  private declarations(): string {
    return [
      `struct Run { ${RUN.map((name) => `${name}: u32`).join(', ')} }`,
      `@group(0) @binding(${BINDINGS.run}) var<uniform> run: Run;`,
      `@group(0) @binding(${BINDINGS.table}) var<storage, read> table: array<f32>;`,
      `@group(0) @binding(${BINDINGS.state}) var<storage, read_write> state: array<f32>;`,
      `@group(0) @binding(${BINDINGS.visits}) var<storage, read_write> visits: array<atomic<u32>>;`,
      `@group(0) @binding(${BINDINGS.sums}) var<storage, read_write> sums: array<f32>;`,
      `@group(0) @binding(${BINDINGS.lookups}) var<storage, read> lookups: array<f32>;`,
    ].join('\n');
  }

  /** The four numbers of the current block are turned so that the next one comes first. */
  private startNoise(kind: 'normals' | 'uniforms', draw: string): void {
    const count = this.step[kind].length;
    if (count === 0) return;
    this.emit(
      `let ${kind}Key = vec2<u32>(run.seed, run.${kind}Key);`,
      `var ${kind}Number = run.step * ${count}u;`,
      `var ${kind} = vec4<f32>();`,
      `if ((${kind}Number & 3u) != 0u) {`,
      `${kind} = ${draw}(run.firstWalker + walker, ${kind}Number >> 2u, ${kind}Key);`,
      `for (var used = 0u; used < (${kind}Number & 3u); used++) { ${kind} = ${kind}.yzwx; }`,
      '}',
    );
  }

  private drawNoise(kind: 'normals' | 'uniforms', draw: string, inputs: Map<string, string>): void {
    this.step[kind].forEach((name, k) => {
      this.emit(
        `if ((${kind}Number & 3u) == 0u) {`,
        `${kind} = ${draw}(run.firstWalker + walker, ${kind}Number >> 2u, ${kind}Key);`,
        '}',
        `let ${kind}${k} = ${kind}.x;`,
        `${kind} = ${kind}.yzwx;`,
        `${kind}Number++;`,
      );
      inputs.set(name, `${kind}${k}`);
    });
  }

  private takeStep(): void {
    const { state, next } = this.step;
    const inputs = new Map(state.map((name, k) => [name, `s${k}`]));
    this.drawNoise('normals', 'drawNormals', inputs);
    this.drawNoise('uniforms', 'drawUniforms', inputs);
    const values = this.evaluate(next, inputs, 'v');
    // All new values first, then all assignments: a new value may be the old value of another input.
    next.forEach((id, k) => {
      this.emit(`let next${k} = settled(${values(id)});`);
    });
    next.forEach((_, k) => {
      this.emit(`s${k} = next${k};`);
    });
  }

  private record(): void {
    const { state, record } = this.step;
    const { place, bins, sums } = record;
    const inputs = new Map(state.map((name, k) => [name, `s${k}`]));
    const values = this.evaluate([place, ...sums], inputs, 'r');
    this.emit(
      `let place = ${values(place)};`,
      `if (place >= 0f && place < ${floatLiteral(bins)} && !isNan(place)) {`,
      `atomicAdd(&visits[walker / run.groupSize * ${bins}u + min(u32(place), ${bins - 1}u)], 1u);`,
      '}',
    );
    sums.forEach((id, k) => {
      this.emit(`block${k} += ${values(id)};`);
    });
    this.emit(`if (record % ${BLOCK_RECORDS}u == 0u) {`);
    sums.forEach((_, k) => {
      this.emit(`total${k} += block${k};`, `block${k} = 0f;`);
    });
    this.emit('}');
  }

  /** Computes what the outputs need; answers with the text of a node's value. */
  private evaluate(
    outputs: readonly NodeId[],
    inputs: ReadonlyMap<string, string>,
    prefix: string,
  ): (id: NodeId) => string {
    const { graph } = this.step;
    const value = (id: NodeId): string => {
      const node = graph.nodes[id];
      if (!this.varying.has(id))
        return isLiteral(node) ? floatLiteral(node.value) : `t${this.table.indexOf(id)}`;
      return node.op === 'input' ? (inputs.get(node.name) as string) : `${prefix}${id}`;
    };
    for (const id of reachable(graph, outputs)) {
      const node = graph.nodes[id];
      if (this.varying.has(id) && node.op !== 'input')
        this.emit(`let ${prefix}${id} = ${operation(node, argumentsOf(node).map(value), this.tables)};`);
    }
    return value;
  }
}

const INFIX = { add: '+', sub: '-', mul: '*', div: '/' } as const;
const CALLS = {
  exp: 'exponential',
  log: 'logarithm',
  sqrt: 'sqrt',
  sin: 'sine',
  cos: 'cosine',
  tanh: 'hyperbolicTangent',
  abs: 'abs',
  floor: 'floor',
  less: 'less',
  atan2: 'angle',
  pow: 'powered',
} as const;

/** Only what 32 bits can count is promised to become a whole number. */
const LOOKUP_SOURCE = `
fn lookup(start: u32, last: u32, place: f32) -> f32 {
  let inside = u32(clamp(select(place, 0f, isNan(place)), 0f, ${floatLiteral(2 ** 31)}));
  return lookups[start + min(inside, last)];
}
`;

function operation(node: GraphNode, [a, b, c]: readonly string[], tables: TablePlaces): string {
  const { op } = node;
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return `${a} ${INFIX[op]} ${b}`;
    case 'neg':
      return `-${a}`;
    case 'select':
      return `select(${c}, ${b}, ${a} != 0f)`;
    case 'lookup': {
      const { start, length } = tables.of(node.table);
      return `lookup(${start}u, ${length - 1}u, ${a})`;
    }
    case 'constant':
    case 'input':
      throw new TypeError(`no operation: ${op}`);
    default:
      return `${CALLS[op]}(${b === undefined ? a : `${a}, ${b}`})`;
  }
}

const SMALLEST_NORMAL = 2 ** -126;

/** Literals that are infinite or not a number are errors in WGSL, and subnormal ones may be. */
function isLiteral(node: GraphNode): node is GraphNode & { readonly op: 'constant' } {
  if (node.op !== 'constant') return false;
  const size = Math.abs(Math.fround(node.value));
  return size === 0 || (size >= SMALLEST_NORMAL && size < Number.POSITIVE_INFINITY);
}
