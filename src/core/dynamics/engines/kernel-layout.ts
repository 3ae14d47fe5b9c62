/** Where a kernel keeps what in its memory. Four walkers, a quad, fill the lanes of a vector. */
import { argumentsOf, type NodeId, reachable } from '../../expression/graph.ts';
import type { StepGraph } from '../step-graph.ts';
import { TablePlaces } from './tables.ts';

/** Steps for which noise is drawn ahead. */
export const SEGMENT = 64;
export const VECTOR_BYTES = 16;
export const LANES = 4;
export const FLOAT_BYTES = 4;
export const DOUBLE_BYTES = 8;
const PAGE_BYTES = 65_536;
/** The arithmetic of one quad fills the waiting times of the others; beyond so many vectors of state there is no gain. */
const MOST_QUADS = 4;
const MOST_STATE_VECTORS = 16;

/** Room for the noise of a segment with `count` numbers per step: whole blocks, begun and ended anywhere. */
export function noiseBytes(count: number): number {
  return (SEGMENT * count + 2 * LANES) * VECTOR_BYTES;
}

/** Where things are in the memory of a module, in bytes. */
export interface Layout {
  /** Nodes whose values the host writes, four equal lanes each, from address 0. */
  readonly table: readonly NodeId[];
  readonly normals: number;
  readonly uniforms: number;
  /** Quads that take their steps together. */
  readonly quads: number;
  readonly state: number;
  /** Bytes from one state input to the next. */
  readonly stateStride: number;
  /** Visits of each group, doubles. */
  readonly visits: number;
  /** Sums of each quad, doubles: so that their order does not depend on how steps are cut into calls. */
  readonly sums: number;
  /** Entries of all tables that the graph looks up, single precision. */
  readonly lookups: number;
  readonly tables: TablePlaces;
  readonly pages: number;
}

/** Nodes that depend on the state or on noise, or on tables, which are read where walkers are moved. */
export function varyingNodes({ graph, state, normals, uniforms }: StepGraph): ReadonlySet<NodeId> {
  const names = new Set([...state, ...normals, ...uniforms]);
  const varying = new Set<NodeId>();
  graph.nodes.forEach((node, id) => {
    const given = node.op === 'input' && names.has(node.name);
    if (given || node.op === 'lookup' || argumentsOf(node).some((argument) => varying.has(argument)))
      varying.add(id);
  });
  return varying;
}

export function layoutOf(
  step: StepGraph,
  varying: ReadonlySet<NodeId>,
  walkers: number,
  groups: number,
): Layout {
  const outputs = [...step.next, step.record.place, ...step.record.sums];
  const needed = reachable(step.graph, outputs);
  const users = needed.filter((id) => varying.has(id)).flatMap((id) => argumentsOf(step.graph.nodes[id]));
  const table = [...new Set([...users, ...outputs])].filter((id) => !varying.has(id));
  const fitting = Math.max(1, Math.floor(MOST_STATE_VECTORS / step.state.length));
  const quads = Math.min(MOST_QUADS, fitting, Math.ceil(walkers / LANES));
  const normals = table.length * VECTOR_BYTES;
  const uniforms = normals + quads * noiseBytes(step.normals.length);
  const state = uniforms + quads * noiseBytes(step.uniforms.length);
  const stateStride = Math.ceil(walkers / (quads * LANES)) * quads * LANES * FLOAT_BYTES;
  const visits = state + step.state.length * stateStride;
  const sums = visits + groups * step.record.bins * DOUBLE_BYTES;
  const lookups = sums + Math.ceil(walkers / LANES) * step.record.sums.length * DOUBLE_BYTES;
  const tables = new TablePlaces(step);
  const bytes = lookups + tables.entries * FLOAT_BYTES;
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return { table, normals, uniforms, quads, state, stateStride, visits, sums, lookups, tables, pages };
}
