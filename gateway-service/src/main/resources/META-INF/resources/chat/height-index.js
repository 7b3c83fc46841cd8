// The heights of all rows of a long list, and their sums, in a Fenwick tree.

/**
 * Rows that were never measured have an estimate. Every operation takes the logarithm of the number of rows.
 *
 * @see https://doi.org/10.1002/spe.4380240306
 */
export class HeightIndex {
  #estimate;
  #size = 0;
  #heights = new Float64Array(1024);
  /** Of one-based places: the sum of the heights from a place back to where its lowest bit leads. */
  #sums = new Float64Array(1025);

  /** @param {number} estimate pixels */
  constructor(estimate) {
    this.#estimate = estimate;
  }

  get size() {
    return this.#size;
  }

  get total() {
    return this.before(this.#size);
  }

  /** Adds rows at the end, or takes them away there. */
  resize(size) {
    if (size > this.#heights.length) {
      this.#grow(size);
    }
    while (this.#size < size) {
      this.#append(this.#estimate);
    }
    this.#size = size;
  }

  clear() {
    this.#size = 0;
  }

  get(index) {
    return this.#heights[index];
  }

  set(index, height) {
    const change = height - this.#heights[index];
    this.#heights[index] = height;
    for (let place = index + 1; place <= this.#size; place += place & -place) {
      this.#sums[place] += change;
    }
  }

  /** The sum of the heights of the rows before this one. */
  before(index) {
    let sum = 0;
    for (let place = index; place > 0; place -= place & -place) {
      sum += this.#sums[place];
    }
    return sum;
  }

  /** The row at this distance from the beginning; the first or last one outside. */
  at(offset) {
    let place = 0;
    let left = offset;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.#size))); step > 0; step >>= 1) {
      if (place + step <= this.#size && this.#sums[place + step] <= left) {
        place += step;
        left -= this.#sums[place];
      }
    }
    return Math.max(0, Math.min(place, this.#size - 1));
  }

  #append(height) {
    this.#heights[this.#size++] = height;
    const place = this.#size;
    let sum = height;
    for (let before = place - 1; before > place - (place & -place); before -= before & -before) {
      sum += this.#sums[before];
    }
    this.#sums[place] = sum;
  }

  #grow(size) {
    const capacity = Math.max(size, 2 * this.#heights.length);
    const heights = new Float64Array(capacity);
    const sums = new Float64Array(capacity + 1);
    heights.set(this.#heights);
    sums.set(this.#sums);
    this.#heights = heights;
    this.#sums = sums;
  }
}
