/** Numbers that arrive in pieces, kept in one growing array. */
export class PointBuffer {
  #values: Float32Array;
  #length = 0;

  constructor(dimension: number) {
    this.#values = new Float32Array(1024 * dimension);
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  append(piece: Float32Array): void {
    if (this.#length + piece.length > this.#values.length) {
      const larger = new Float32Array(2 * (this.#length + piece.length));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(piece, this.#length);
    this.#length += piece.length;
  }

  /** Forgets all but the first numbers; views of them keep their contents. */
  truncate(length: number): void {
    this.#values = this.#values.slice();
    this.#length = Math.min(this.#length, length);
  }

  /** A view of what has arrived so far; it keeps its contents when more arrives. */
  values(): Float32Array {
    return this.#values.subarray(0, this.#length);
  }
}
