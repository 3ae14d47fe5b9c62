/** Names of the inputs of a graph that no expression can mention. */

/** Names of inputs that no expression can mention: `:` is not part of a name. */
export const stateInput = (name: string, coordinate: number) => `:${name}${coordinate}`;

export const parameterInput = (name: string) => `:${name}`;
