/**
 * Factor a symmetric positive definite matrix in place: lower triangle L with A = L L'.
 *
 * `matrix` is `size` × `size`, row after row; only its lower triangle is read. Throws when it is not positive definite,
 * which for the equations of the mixed model would be a fault of ours. Uses + - * / and sqrt only; IEEE 754 rounds each
 * of them exactly, and every engine maps them to the processor's own instructions.
 */
export function factor(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let j = 0; j <= i; j++) {
      const rowJ = j * size
      let sum = matrix[rowI + j]!
      for (let k = 0; k < j; k++) sum -= matrix[rowI + k]! * matrix[rowJ + k]!
      if (j < i) matrix[rowI + j] = sum / matrix[rowJ + j]!
      else if (sum > 0) matrix[rowI + i] = Math.sqrt(sum)
      else throw new Error(`The matrix is not positive definite at row ${i}`)
    }
  }
}

/** Solve A x = rhs in place, where `lower` is the factor of A. */
export function solveFactored(lower: Float64Array, size: number, rhs: Float64Array): void {
  for (let i = 0; i < size; i++) {
    let sum = rhs[i]!
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * rhs[k]!
    rhs[i] = sum / lower[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    const x = rhs[i]! / lower[i * size + i]!
    rhs[i] = x
    for (let k = 0; k < i; k++) rhs[k] = rhs[k]! - lower[i * size + k]! * x
  }
}

/** The whole inverse of A, both triangles, from its factor. Walks along rows only, because columns miss the cache. */
export function invertFactored(lower: Float64Array, size: number): Float64Array {
  const half = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const rowI = i * size
    for (let m = 0; m < i; m++) {
      const factorOfRow = lower[rowI + m]!
      if (factorOfRow === 0) continue
      const rowM = m * size
      for (let k = 0; k <= m; k++) half[rowI + k] = half[rowI + k]! - factorOfRow * half[rowM + k]!
    }
    const pivot = lower[rowI + i]!
    for (let k = 0; k < i; k++) half[rowI + k] = half[rowI + k]! / pivot
    half[rowI + i] = 1 / pivot
  }
  const inverse = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    const rowK = k * size
    for (let i = 0; i <= k; i++) {
      const rowI = i * size
      const value = half[rowK + i]!
      if (value === 0) continue
      for (let j = 0; j <= i; j++) inverse[rowI + j] = inverse[rowI + j]! + value * half[rowK + j]!
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) inverse[j * size + i] = inverse[i * size + j]!
  return inverse
}
